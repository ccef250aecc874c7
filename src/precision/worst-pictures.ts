import { amplificationFor, heatMaps } from "../parity/heat-map.js";
import { difference } from "../parity/measures.js";
import { encodeOne, pictureOf } from "../parity/pictures.js";
import type { QualityPictures } from "./plan-for.js";
import { decibels, meanSquaredError } from "./quality.js";
import type { QualityCase } from "./quality-cases.js";

/** One case as a page shows it. */
export interface ShownCase extends QualityCase {
  readonly index: number;
  readonly psnr: number;
  /** PNG. */
  readonly wanted: Uint8Array;
  readonly found: Uint8Array;
  readonly difference: Uint8Array;
  /** What the difference is multiplied by; 0 when there is none. */
  readonly amplification: number;
}

/** The pictures of the lowest PSNR, the worst first, with what float32 draws and the difference, amplified. */
export function worstPictures({ cases, wanted, found }: QualityPictures, count: number): readonly ShownCase[] {
  return cases
    .map((each, index) => ({ each, index, one: pictureOf(wanted, index), other: pictureOf(found, index) }))
    .map((pair) => ({ ...pair, error: meanSquaredError(pair.one, pair.other) }))
    .sort((a, b) => b.error - a.error)
    .slice(0, count)
    .map(({ each, index, one, other, error }) => {
      const { maxAbs } = difference(one, other);
      const amplification = amplificationFor(Number.isFinite(maxAbs) ? maxAbs : 1);
      return {
        ...each,
        index,
        psnr: decibels(error),
        wanted: encodeOne(one),
        found: encodeOne(other),
        difference: encodeOne(heatMaps(one, other, amplification)),
        amplification,
      };
    });
}
