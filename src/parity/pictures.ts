import type { Tensor } from "../core/tensor.js";
import type { EvaluationInputs } from "../runtime/evaluate.js";
import { describeMix } from "../sampling/class-mix.js";
import { encodeGrid } from "../sampling/picture-grid.js";
import { toPixels } from "../sampling/pixels.js";
import type { Verdict } from "./compare.js";
import { amplificationFor, heatMaps } from "./heat-map.js";
import { difference } from "./measures.js";

/** The pictures behind one comparison. */
export interface ComparedImages {
  /** Position among the run's comparisons. */
  readonly comparison: number;
  readonly reference: string;
  readonly candidate: string;
  readonly verdict: Verdict;
  readonly inputs: EvaluationInputs;
  /** Of z, row by row, where known. */
  readonly seeds?: readonly number[] | undefined;
  /** Both [n, R, R, 3]. */
  readonly wanted: Tensor;
  readonly found: Tensor;
}

/** One input, as a caption names it. */
export interface PictureCase {
  readonly row: number;
  readonly label: string;
  readonly seed?: number;
  readonly truncation: number;
}

/** A candidate's pictures beside the reference's. */
export interface PictureRow {
  readonly comparison: number;
  /** 0 when nothing differs. */
  readonly amplification: number;
  /** 8-bit values that differ, of how many. */
  readonly bytesOff: number;
  readonly bytes: number;
  readonly maxAbs: readonly number[];
  /** PNG, in the order of the cases. */
  readonly candidate: readonly Uint8Array[];
  readonly difference: readonly Uint8Array[];
}

export interface PictureGroup {
  readonly reference: string;
  readonly cases: readonly PictureCase[];
  readonly pictures: readonly Uint8Array[];
  readonly rows: readonly PictureRow[];
}

/** Pixels in all pictures of a report: 4 Mi are at most some 10 MiB of PNG, which a page still opens at once. */
const MAX_PIXELS = 4 * 1024 * 1024;
const MAX_CASES = 6;

/**
 * The comparisons worth looking at, with one group for each reference: the first of each candidate, and every one that is not
 * explained. Each shows up to six inputs, evenly spread, the one with the largest difference among them.
 */
export function collectPictures(
  compared: readonly ComparedImages[],
  labels: readonly string[] | undefined,
): readonly PictureGroup[] {
  const chosen = compared.filter(
    (pair, index) =>
      pair.verdict === "not explained" || compared.findIndex(({ candidate }) => candidate === pair.candidate) === index,
  );
  const images = chosen.length * 2 + new Set(chosen.map(({ reference }) => reference)).size;
  const side = compared[0]?.wanted.shape[1] ?? 1;
  const limit = Math.max(1, Math.min(MAX_CASES, Math.floor(MAX_PIXELS / (images * side * side))));
  return [...new Set(chosen.map(({ reference }) => reference))].map((reference) => {
    const pairs = chosen.filter((pair) => pair.reference === reference);
    return groupOf(reference, pairs, limit, labels);
  });
}

function groupOf(
  reference: string,
  pairs: readonly ComparedImages[],
  limit: number,
  labels: readonly string[] | undefined,
): PictureGroup {
  const [first] = pairs;
  if (first === undefined) return { reference, cases: [], pictures: [], rows: [] };
  const rows = rowsToShow(pairs, limit);
  return {
    reference,
    cases: rows.map((row) => describeCase(first, row, labels)),
    pictures: rows.map((row) => encodeOne(pictureOf(first.wanted, row))),
    rows: pairs.map((pair) => pictureRow(pair, rows)),
  };
}

/** Evenly spread, with the worst one in place of its nearest neighbour. */
function rowsToShow(pairs: readonly ComparedImages[], limit: number): readonly number[] {
  const count = pairs[0]?.wanted.shape[0] ?? 0;
  if (count <= limit) return Array.from({ length: count }, (_, row) => row);
  const spread = Array.from({ length: limit }, (_, index) =>
    limit === 1 ? 0 : Math.round((index * (count - 1)) / (limit - 1)),
  );
  let worst = { row: 0, maxAbs: -1 };
  for (const { wanted, found } of pairs) {
    for (let row = 0; row < count; row++) {
      const { maxAbs } = difference(pictureOf(wanted, row), pictureOf(found, row));
      if (maxAbs > worst.maxAbs) worst = { row, maxAbs };
    }
  }
  const distances = spread.map((row) => Math.abs(row - worst.row));
  spread[distances.indexOf(Math.min(...distances))] = worst.row;
  return spread;
}

function pictureRow({ comparison, wanted, found }: ComparedImages, rows: readonly number[]): PictureRow {
  const pairs = rows.map((row) => ({ wanted: pictureOf(wanted, row), found: pictureOf(found, row) }));
  const maxAbs = pairs.map((pair) => difference(pair.wanted, pair.found).maxAbs);
  const finite = maxAbs.filter(Number.isFinite);
  const amplification = finite.length < maxAbs.length ? 1 : amplificationFor(Math.max(0, ...finite));
  let bytesOff = 0;
  for (const pair of pairs) {
    const other = toPixels(pair.found.data);
    toPixels(pair.wanted.data).forEach((value, index) => {
      if (value !== other[index]) bytesOff++;
    });
  }
  return {
    comparison,
    amplification,
    bytesOff,
    bytes: pairs.reduce((sum, pair) => sum + pair.wanted.data.length, 0),
    maxAbs,
    candidate: pairs.map((pair) => encodeOne(pair.found)),
    difference: pairs.map((pair) => encodeOne(heatMaps(pair.wanted, pair.found, amplification))),
  };
}

function describeCase({ inputs, seeds }: ComparedImages, row: number, labels?: readonly string[]): PictureCase {
  const { y, truncation } = inputs;
  const classes = y.shape[1] ?? 0;
  const weights = [...y.data.subarray(row * classes, (row + 1) * classes)];
  const mix = weights.flatMap((weight, index) => (weight === 0 ? [] : [{ index, weight: Number(weight.toFixed(3)) }]));
  const name = mix.length === 0 ? "no class" : describeMix(mix, labels);
  const seed = seeds?.[row];
  return {
    row,
    label: labels === undefined && mix.length === 1 ? `class ${name}` : name,
    ...(seed === undefined ? {} : { seed }),
    truncation: typeof truncation === "number" ? truncation : (truncation[row] ?? Number.NaN),
  };
}

/** One of n pictures, [1, R, R, 3]. */
export function pictureOf({ shape, data }: Tensor, row: number): Tensor {
  const size = data.length / (shape[0] ?? 1);
  return { shape: [1, ...shape.slice(1)], data: data.slice(row * size, (row + 1) * size) };
}

/** Pixel for pixel: the page enlarges small ones. */
export function encodeOne(picture: Tensor): Uint8Array {
  return encodeGrid(picture, 1, { gap: 0, enlarge: 1 });
}
