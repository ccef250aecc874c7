import { type Tensor, toFloat32 } from "../core/tensor.js";
import { encodeNpz } from "../formats/npy/npz.js";
import type { Graph } from "../graph/graph.js";
import { evaluate } from "../runtime/evaluate.js";
import { layerOf, type Runtime } from "../runtime/runtime.js";
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
 * [n, R, R, 3]. The reference is fed the float32 values that the file holds.
 */
export async function writeGoldens(
  folder: string,
  graph: Graph,
  reference: Runtime,
  { cases = goldenCases(graph.classes), signal, onProgress }: GoldenOptions = {},
): Promise<Goldens> {
  const { zDim, classes } = graph;
  const truncation = cases.map((golden) => Math.fround(golden.truncation));
  const inputs = {
    z: sampleRows(zDim, cases),
    y: oneHot(
      cases.map(({ classIndex }) => [{ index: classIndex, weight: 1 }]),
      classes,
    ),
    truncation,
  };
  const outputs = await evaluate(reference, inputs, {
    batchSize: 1,
    signal,
    onRows: (done, total) => onProgress?.(done, total),
  });
  const image = layerOf(outputs, "image");
  const entries = new Map<string, Tensor>([
    ["z", inputs.z],
    ["y", inputs.y],
    ["truncation", { shape: [cases.length], data: Float32Array.from(truncation) }],
    ["image", { shape: image.shape, data: toFloat32(image.data) }],
  ]);
  const file = await asExport(folder, () => writeExported(folder, GOLDENS_FILE, encodeNpz(entries)));
  return { file, cases: cases.length };
}
