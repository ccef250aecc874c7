import fc from "fast-check";
import type { Graph } from "../../src/graph/graph.js";
import { type BigGanDeepRow, bigGanDeepGenerator } from "../../src/models/biggan-deep-generator.js";
import { type BigGanRow, bigGanGenerator } from "../../src/models/biggan-generator.js";

const small = fc.integer({ min: 1, max: 5 });

/** Ascending truncations, of which one may be the only one. */
const truncationGrid = fc
  .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 })
  .map((points) => points.sort((a, b) => a - b).map((point) => point / 50));

const epsilon = fc.constantFrom(1e-4, Math.fround(1e-4), 1e-2);

/** Channels before, between and behind the blocks, in multiples of 16: attention takes an eighth, a bottleneck a quarter. */
const channels = (blocks: number) =>
  fc.array(fc.constantFrom(16, 32), { minLength: blocks + 1, maxLength: blocks + 1 });

const bigGan = fc
  .integer({ min: 1, max: 2 })
  .chain((blocks) =>
    fc.record({
      widths: channels(blocks),
      attention: fc.option(fc.nat({ max: blocks })),
      classes: small,
      embedding: small,
      zChunk: small,
      truncationGrid,
      epsilon,
    }),
  )
  .map(({ widths, attention, ...config }) => {
    const rows = widths.slice(1).map((out, index): BigGanRow => ({ block: "up", in: widths[index] ?? 16, out }));
    if (attention !== null) rows.splice(attention, 0, { block: "attention" });
    return bigGanGenerator({ family: "biggan", rows, ...config });
  });

const bigGanDeep = fc
  .integer({ min: 1, max: 3 })
  .chain((blocks) =>
    fc.record({
      // The skip path drops channels and never adds any.
      widths: channels(blocks).map((widths) => widths.sort((a, b) => b - a)),
      // Each further one has 4 times the pixels.
      ups: fc
        .array(fc.boolean(), { minLength: blocks, maxLength: blocks })
        .map((ups) => ups.map((up, i) => up && i < 2)),
      attention: fc.option(fc.nat({ max: blocks })),
      classes: small,
      embedding: small,
      zDim: small,
      rgbChannels: fc.integer({ min: 3, max: 6 }),
      truncationGrid,
      epsilon,
    }),
  )
  .map(({ widths, ups, attention, ...config }) => {
    const rows = widths.slice(1).map((out, index): BigGanDeepRow => {
      return { block: ups[index] === true ? "up" : "same", in: widths[index] ?? 16, out };
    });
    if (attention !== null) rows.splice(attention, 0, { block: "attention" });
    return bigGanDeepGenerator({ family: "biggan-deep", rows, ...config });
  });

/** Generators of either family, of a few thousand numbers and at most 16 x 16 pixels. */
export const randomGenerator: fc.Arbitrary<Graph> = fc.oneof(bigGan, bigGanDeep);
