import { type Tensor, toFloat32 } from "../core/tensor.js";
import { encodeNpz } from "../formats/npy/npz.js";
import { type Graph, outputOf } from "../graph/graph.js";
import { standardPictures } from "../parity/scored-cases.js";
import { type EvaluationInputs, evaluate } from "../runtime/evaluate.js";
import { type DiscriminatorInputs, layerOf, type Runtime } from "../runtime/runtime.js";
import { oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";
import { type GoldenCase, goldenCases } from "./golden-cases.js";
import { asExport, type ExportedFile, writeExported } from "./written-file.js";

/** Where the golden inputs and outputs lie in an export. */
export const GOLDENS_FILE = "goldens.npz";

export interface GoldenOptions {
  readonly cases?: readonly GoldenCase[];
  readonly signal?: AbortSignal | undefined;
  /** Pictures done, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The file, and how many cases are in it. */
export interface Goldens {
  readonly file: ExportedFile;
  readonly cases: number;
}

/**
 * Runs the float64 reference and writes `goldens.npz`: float32 `z` [n, zDim], `y` [n, classes], `truncation` [n], `image`
 * [n, R, R, 3]; of a discriminator `x` [n, R, R, 3], `y`, `logits` [n, 1]. The reference is fed the float32 values that the file holds.
 */
export async function writeGoldens(
  folder: string,
  graph: Graph,
  reference: Runtime,
  { cases = goldenCases(graph.classes), signal, onProgress }: GoldenOptions = {},
): Promise<Goldens> {
  const inputs = graph.role === "generator" ? generatorInputs(graph, cases) : standardPictures(graph, cases.length);
  const outputs = await evaluate(reference, inputs, {
    batchSize: 1,
    signal,
    onRows: (done, total) => onProgress?.(done, total),
  });
  const output = layerOf(outputs, outputOf(graph));
  const entries = new Map<string, Tensor>([
    ...inputEntries(inputs),
    [outputOf(graph), { shape: output.shape, data: toFloat32(output.data) }],
  ]);
  const file = await asExport(folder, () => writeExported(folder, GOLDENS_FILE, encodeNpz(entries)));
  return { file, cases: cases.length };
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
