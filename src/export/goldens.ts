import type { ParameterSource } from "../core/parameter-source.js";
import { type Tensor, toFloat32, toFloat64 } from "../core/tensor.js";
import { encodeNpz } from "../formats/npy/npz.js";
import { type Graph, outputOf } from "../graph/graph.js";
import { budgetedRun } from "../parity/budget/layer-budgets.js";
import { standardPictures } from "../parity/scored-cases.js";
import { reducedParameters } from "../precision/reduced-parameters.js";
import { type EvaluationInputs, evaluate } from "../runtime/evaluate.js";
import { openReference } from "../runtime/reference/open-reference.js";
import { type DiscriminatorInputs, layerOf } from "../runtime/runtime.js";
import { oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";
import { boundOfQuality, FLOAT32_WEB, roundedUp } from "./golden-bound.js";
import { type GoldenCase, goldenCases } from "./golden-cases.js";
import type { GoldenFormat, GoldensRecord, WebFormat } from "./manifest.js";
import { type PreparedFormat, storesFewerBits } from "./prepare-formats.js";
import { asExport, type ExportedFile, writeExported } from "./written-file.js";

/** Where the golden inputs and outputs lie in an export. */
const GOLDENS_FILE = "goldens.npz";

export interface GoldenOptions {
  readonly cases?: readonly GoldenCase[];
  /** What the export holds: those that a browser runs are given a bound. */
  readonly formats?: readonly PreparedFormat[];
  readonly signal?: AbortSignal | undefined;
  /** Pictures done, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A graph and the weights it is evaluated with. */
interface GoldenModel {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
}

/** The file, and what the manifest says of it. */
export interface Goldens {
  readonly file: ExportedFile;
  readonly record: GoldensRecord;
}

/**
 * Runs the float64 reference and writes `goldens.npz`: float32 `z` [n, zDim], `y` [n, classes], `truncation` [n], `image`
 * [n, R, R, 3]; of a discriminator `x` [n, R, R, 3], `y`, `logits` [n, 1]. The reference is fed the float32 values that the file holds.
 * A format that a browser runs with weights of fewer bits has pictures of its own, `image/tfjs` or `image/onnx`, of the weights as stored.
 */
export async function writeGoldens(
  folder: string,
  model: GoldenModel,
  { cases = goldenCases(model.graph.classes), formats = [], signal, onProgress }: GoldenOptions = {},
): Promise<Goldens> {
  const { graph } = model;
  const generator = graph.role === "generator";
  const inputs = generator ? generatorInputs(graph, cases) : standardPictures(graph, cases.length);
  const web = generator ? formats.flatMap(webFormat) : [];
  const reduced = web.filter(({ prepared }) => storesFewerBits(prepared));

  let before = 0;
  const total = cases.length * (1 + reduced.length);
  const run = async (ran: GoldenModel, bounded: boolean): Promise<GoldenRun> => {
    const onRows = (done: number) => onProgress?.(before + done, total);
    const found = await runOnce(ran, inputs, { bounded, signal, onRows });
    before += cases.length;
    return found;
  };
  const plain = await run(model, web.length > 0);
  const entries = new Map<string, Tensor>([...inputEntries(inputs), [outputOf(graph), plain.output]]);
  const records: Partial<Record<WebFormat, GoldenFormat>> = {};
  for (const { format, prepared } of web) {
    const own = storesFewerBits(prepared) ? await run(storedModel(prepared), true) : undefined;
    const image = own === undefined ? "image" : `image/${format}`;
    if (own !== undefined) entries.set(image, own.output);
    const bound = boundOf(prepared, (own ?? plain).bound);
    if (bound !== undefined) records[format] = { image, bound: roundedUp(bound) };
  }
  const file = await asExport(folder, () => writeExported(folder, GOLDENS_FILE, encodeNpz(entries)));
  const known = Object.keys(records).length > 0;
  return { file, record: { file: file.path, cases: cases.length, ...(known ? { formats: records } : {}) } };
}

function webFormat(prepared: PreparedFormat): readonly { format: WebFormat; prepared: PreparedFormat }[] {
  const { format } = prepared;
  return format === "safetensors" ? [] : [{ format, prepared }];
}

function storedModel({ graph, parameters, precision }: PreparedFormat): GoldenModel {
  return {
    graph,
    parameters: precision === undefined ? parameters : reducedParameters(parameters, graph, precision.plan),
  };
}

/** Undefined where nothing is known: what computes in fewer bits and was not measured. */
function boundOf({ compute, precision }: PreparedFormat, float32: number): number | undefined {
  if (compute === undefined) return float32;
  const worst = precision?.quality?.psnr.worst;
  return worst === undefined ? undefined : boundOfQuality(worst, float32);
}

interface GoldenRun {
  /** In float32. */
  readonly output: Tensor;
  /** The largest difference of a number that float32 explains; 0 where nobody asked. */
  readonly bound: number;
}

interface RunOnceOptions {
  /** Whether errors are followed along, which takes as long again. */
  readonly bounded: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onRows: (done: number) => void;
}

async function runOnce(
  { graph, parameters }: GoldenModel,
  inputs: GoldenInputs | DiscriminatorInputs,
  { bounded, ...progress }: RunOnceOptions,
): Promise<GoldenRun> {
  const options = { batchSize: 1, ...progress };
  const output = outputOf(graph);
  const inFloat32 = ({ shape, data }: Tensor): Tensor => ({ shape, data: toFloat32(data) });
  const weights = roundedOnce(parameters);
  if (!bounded) {
    await using reference = await openReference(graph, weights, { signal: progress.signal });
    return { output: inFloat32(layerOf(await evaluate(reference, inputs, options), output)), bound: 0 };
  }
  const { layers, budgets } = await budgetedRun(graph, weights, inputs, [FLOAT32_WEB], options);
  const bound = budgets(FLOAT32_WEB).get(output)?.bound;
  if (bound === undefined) throw new Error(`goldens: no error budget for ${output}`);
  return { output: inFloat32(layerOf(layers, output)), bound };
}

/**
 * The numbers that the weights hold, so that an export of the export has the same goldens. Given as float64 they count, for the budget, as
 * computed and rounded once, which they are: rewrites fold them in float64 before they are written.
 */
function roundedOnce(parameters: ParameterSource): ParameterSource {
  return { read: async (name, options) => toFloat64(toFloat32(await parameters.read(name, options))) };
}

interface GoldenInputs extends EvaluationInputs {
  readonly truncation: readonly number[];
}

function generatorInputs({ zDim, classes }: Graph, cases: readonly GoldenCase[]): GoldenInputs {
  const mixes = cases.map(({ classIndex }) => [{ index: classIndex, weight: 1 }]);
  const truncation = cases.map((golden) => Math.fround(golden.truncation));
  return { z: sampleRows(zDim, cases), y: oneHot(mixes, classes), truncation };
}

function inputEntries(inputs: GoldenInputs | DiscriminatorInputs): readonly (readonly [string, Tensor])[] {
  if ("x" in inputs) {
    return [
      ["x", inputs.x],
      ["y", inputs.y],
    ];
  }
  const { z, y, truncation } = inputs;
  return [
    ["z", z],
    ["y", y],
    ["truncation", { shape: [truncation.length], data: Float32Array.from(truncation) }],
  ];
}
