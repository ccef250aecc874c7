import { FormatError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { DiscriminatorInputs } from "../runtime/runtime.js";
import { oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";
import { entry } from "./cases.js";

/** Pictures and labels together with what another implementation made of them. */
export interface ScoredCases {
  readonly inputs: DiscriminatorInputs;
  /** The layers the file has under `tap/`, and `logits`. */
  readonly layers: ReadonlyMap<string, Tensor>;
}

const HINT = "The archive needs x [n, R, R, 3] and y, [n, classes] or n class numbers; a reference needs logits too.";

/** The entries of a discriminator's IN.npz: `x` [n, R, R, 3], and `y` [n, classes] or, as PyTorch's losses have it, n class numbers. */
export function scoredInputs(
  file: string,
  entries: ReadonlyMap<string, Tensor>,
  { classes }: Pick<Graph, "classes">,
): DiscriminatorInputs {
  const y = entry(file, entries, "y", HINT);
  return { x: entry(file, entries, "x", HINT), y: y.shape.length === 1 ? oneHotOf(file, y, classes) : y };
}

export function scoredReference(
  file: string,
  entries: ReadonlyMap<string, Tensor>,
  graph: Pick<Graph, "classes">,
): ScoredCases {
  const layers = new Map<string, Tensor>();
  for (const [name, tensor] of entries) {
    if (name.startsWith("tap/")) layers.set(name.slice("tap/".length), tensor);
  }
  layers.set("logits", entry(file, entries, "logits", HINT));
  return { inputs: scoredInputs(file, entries, graph), layers };
}

function oneHotOf(file: string, { data }: Tensor, classes: number): Tensor {
  const bad = data.findIndex((index) => !Number.isInteger(index) || index < 0 || index >= classes);
  if (bad >= 0) {
    const expected = `class numbers from 0 to ${classes - 1}`;
    throw new FormatError({ file, field: `y element ${bad}` }, expected, String(data[bad]), { hint: HINT });
  }
  return oneHot(
    [...data].map((index) => [{ index, weight: 1 }]),
    classes,
  );
}

/** How far the numbers of each picture of {@link standardPictures} reach; they are cut off at twice that. */
const CONTRASTS = [0.5, 0.25, 0.5, 0.05, 0.4];

/** Noise of several contrasts, and classes spread over all; the third row is between two classes. It reaches every part of a discriminator. */
export function standardPictures(
  { resolution, classes }: Pick<Graph, "resolution" | "classes">,
  count = CONTRASTS.length,
): DiscriminatorInputs & { readonly seeds: readonly number[] } {
  const cases = CONTRASTS.slice(0, count).map((truncation, index) => ({ truncation, seed: 200 + index }));
  const rows = sampleRows(resolution * resolution * 3, cases);
  const y = oneHot(
    cases.map((_, row) => [
      { index: Math.floor((row * (classes - 1)) / CONTRASTS.length), weight: row === 2 ? 0.5 : 1 },
    ]),
    classes,
  );
  return { x: { ...rows, shape: [cases.length, resolution, resolution, 3] }, y, seeds: cases.map(({ seed }) => seed) };
}
