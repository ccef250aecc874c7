import { multiplyAdds } from "../graph/multiply-adds.js";
import type { Model } from "../mapping/open-model.js";
import { encodeOne, pictureOf } from "../parity/pictures.js";
import type { ReportFacts } from "../parity/report/report-schema.js";
import { DEFAULT_BACKEND } from "../runtime/backends.js";
import { oneHot } from "../sampling/class-mix.js";
import { encodeGrid } from "../sampling/picture-grid.js";
import { sampleZ } from "../sampling/sample-z.js";
import { generate } from "./generate.js";
import type { Session } from "./session.js";

export interface DrawnSamples {
  readonly facts: NonNullable<ReportFacts["samples"]>;
  /** One PNG a picture, row after row. */
  readonly pngs: readonly Uint8Array[];
  /** All of them in one. */
  readonly grid: Uint8Array;
}

const TRUNCATION = 0.5;
const SEED = 0;

/** Rows (classes) and columns, the largest first. */
const SIZES = [
  [10, 8],
  [8, 6],
  [6, 4],
  [4, 3],
] as const;

/** Multiply-adds that the grid may take: some 20 s of tfjs-wasm on one core. */
const COST = 1e11;

/** A row of pictures for each of a few classes, evenly spread over all; fewer for a model that takes longer. */
export async function drawSamples(
  model: Model,
  labels: readonly string[] | undefined,
  session: Session,
): Promise<DrawnSamples> {
  const { classes, zDim } = model.graph;
  const each = multiplyAdds(model.graph);
  const [most, columns] = SIZES.find(([rows, across]) => rows * across * each <= COST) ?? SIZES[3];
  const shown = Math.min(most, classes);
  const indices = Array.from({ length: shown }, (_, row) => Math.floor((row * classes) / shown));
  const mixes = indices.flatMap((index) => Array.from({ length: columns }, () => [{ index, weight: 1 }]));
  const z = sampleZ({ count: mixes.length, zDim, truncation: TRUNCATION, seed: SEED });
  const inputs = { z, y: oneHot(mixes, classes), truncation: TRUNCATION };
  const { image } = await generate(model, DEFAULT_BACKEND, inputs, session);
  return {
    facts: {
      backend: DEFAULT_BACKEND,
      seed: SEED,
      truncation: TRUNCATION,
      rows: indices.map((index) => labels?.[index] ?? `class ${index}`),
      columns,
    },
    pngs: mixes.map((_, row) => encodeOne(pictureOf(image, row))),
    grid: encodeGrid(image, columns),
  };
}
