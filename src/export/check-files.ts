import { join } from "node:path";
import { BackendError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import { difference, psnr } from "../parity/measures.js";
import type { FileCheck } from "../parity/report/file-check.js";
import { inputsOfCases, qualityCases } from "../precision/quality-cases.js";
import { reducedParameters } from "../precision/reduced-parameters.js";
import { type BackendName, DEFAULT_BACKEND, fastestBackend, openRuntime } from "../runtime/backends.js";
import { type EvaluationInputs, evaluate, takeRows } from "../runtime/evaluate.js";
import { openOnnxFile } from "../runtime/native/open-onnx.js";
import { layerOf, type Runtime } from "../runtime/runtime.js";
import { openTfjsFolder } from "../runtime/tfjs/open-tfjs.js";
import type { PreparedFormat } from "./prepare-formats.js";

/** Pictures that a parity run has found right, and by how much float32 may be off them. */
export interface RightPictures {
  /** What drew them: `our graph in float64`. */
  readonly reference: string;
  readonly inputs: EvaluationInputs;
  /** [n, R, R, 3] */
  readonly wanted: Tensor;
  /** Largest absolute difference that rounding in float32 explains. */
  readonly bound: number;
}

/** Pictures that each file is asked for: of two truncations. */
const PICTURES = 2;

/** Above it a picture takes seconds in float64. */
const LARGE_MODEL = 1e9;

/** Seed of the pictures that no parity run has drawn. */
const SEED = 40_000;

/**
 * Loads the written files as their users do, tfjs on wasm and ONNX on onnxruntime, and compares what they draw. Plain float32 is held against the
 * pictures that the parity run has found right; where a truncation is baked in or weights have fewer bits, against the numbers that the files
 * should hold. What computes in fewer bits has been judged by its likeness already, and is left out.
 * @throws BackendError when a file does not load or run.
 */
export async function checkFiles(
  folder: string,
  formats: readonly PreparedFormat[],
  right: RightPictures,
  { truncation, signal }: { readonly truncation?: number | undefined; readonly signal?: AbortSignal | undefined },
): Promise<readonly FileCheck[]> {
  const checks: FileCheck[] = [];
  for (const prepared of formats) {
    const runner = RUNNERS[prepared.format];
    if (runner === undefined || prepared.compute !== undefined) continue;
    const expected = await expectedOf(prepared, right, truncation, signal);
    const opened = await runner.open(prepared, folder, signal).catch((error: unknown) => {
      // The package that would run it is optional.
      if (prepared.format === "onnx" && error instanceof BackendError) return undefined;
      throw error;
    });
    if (opened === undefined) continue;
    await using runtime = opened;
    const found = layerOf(await evaluate(runtime, expected.inputs, { signal }), "image");
    const measured = difference(expected.wanted, found);
    const factor = measured.maxAbs / expected.bound;
    checks.push({
      format: prepared.format,
      backend: runner.backend,
      reference: expected.reference,
      cases: found.shape[0] ?? 0,
      maxAbs: measured.maxAbs,
      bound: expected.bound,
      factor,
      psnrDb: psnr(measured),
      verdict: factor <= 1 ? "explained by rounding" : "not explained",
    });
  }
  return checks;
}

interface Runner {
  readonly backend: BackendName;
  open(prepared: PreparedFormat, folder: string, signal: AbortSignal | undefined): Promise<Runtime>;
}

/** safetensors holds no graph. */
const RUNNERS: Partial<Readonly<Record<PreparedFormat["format"], Runner>>> = {
  tfjs: {
    backend: "tfjs-wasm",
    open: ({ graph }, folder, signal) => openTfjsFolder(graph, join(folder, "tfjs"), { backend: "tfjs-wasm", signal }),
  },
  onnx: {
    backend: "ort-cpu",
    open: ({ graph }, folder, signal) =>
      openOnnxFile(graph, join(folder, "onnx", "model.onnx"), { backend: "ort-cpu", signal }),
  },
};

async function expectedOf(
  { format, graph, parameters, precision }: PreparedFormat,
  right: RightPictures,
  truncation: number | undefined,
  signal: AbortSignal | undefined,
): Promise<RightPictures> {
  const few = firstRows(right, PICTURES);
  if (precision === undefined && truncation === undefined) return few;
  const inputs =
    truncation === undefined
      ? few.inputs
      : inputsOfCases(graph, qualityCases(graph, { count: PICTURES, seed: SEED, truncation }));
  const stored: ParameterSource =
    precision === undefined ? parameters : reducedParameters(parameters, graph, precision.plan);
  // Of a large model another library draws them, which rounds as well.
  const large = multiplyAdds(graph) > LARGE_MODEL;
  const another = async () => (format === "onnx" ? DEFAULT_BACKEND : await fastestBackend());
  const backend = large ? await another() : "reference";
  await using runtime = await openRuntime(backend, graph, stored, { signal });
  return {
    reference: large ? `its numbers on ${backend}` : "its numbers in float64",
    inputs,
    wanted: layerOf(await evaluate(runtime, inputs, { signal }), "image"),
    bound: large ? Math.SQRT2 * right.bound : right.bound,
  };
}

function firstRows({ inputs: { z, y, truncation }, wanted, ...about }: RightPictures, most: number): RightPictures {
  const rows = Array.from({ length: Math.min(most, wanted.shape[0] ?? 0) }, (_, row) => row);
  return {
    ...about,
    inputs: {
      z: takeRows(z, rows),
      y: takeRows(y, rows),
      truncation: typeof truncation === "number" ? truncation : truncation.slice(0, rows.length),
    },
    wanted: takeRows(wanted, rows),
  };
}
