import fc from "fast-check";
import type { Graph } from "../../src/graph/graph.js";
import {
  type BigGanDeepDiscriminatorRow,
  bigGanDeepDiscriminator,
} from "../../src/models/biggan-deep-discriminator.js";
import { type BigGanDiscriminatorRow, bigGanDiscriminator } from "../../src/models/biggan-discriminator.js";
import type { DiscriminatorInputs } from "../../src/runtime/runtime.js";
import { randomNumbers } from "./small-generators.js";

/** A discriminator for 16 x 16 pixels with attention at 8 x 8: blocks that halve, that keep the channels, that keep everything. */
export function smallDiscriminator(): Graph {
  return bigGanDiscriminator({
    family: "biggan-discriminator",
    rows: [
      { block: "down", in: 3, out: 16 },
      { block: "attention" },
      { block: "down", in: 16, out: 16 },
      { block: "same", in: 16, out: 24 },
      { block: "same", in: 24, out: 24 },
    ],
    classes: 3,
    resolution: 16,
  });
}

/** A BigGAN-deep discriminator for 16 x 16 pixels: skip paths that keep and that add channels. */
export function smallDeepDiscriminator(): Graph {
  return bigGanDeepDiscriminator({
    family: "biggan-deep-discriminator",
    rows: [{ block: "down", in: 8, out: 16 }, { block: "attention" }, { block: "same", in: 16, out: 16 }],
    classes: 3,
    resolution: 16,
  });
}

export function randomPictures({ resolution, classes }: Graph, count: number): DiscriminatorInputs {
  return {
    x: {
      shape: [count, resolution, resolution, 3],
      data: Float32Array.from(randomNumbers(count * resolution * resolution * 3, 3000)),
    },
    y: { shape: [count, classes], data: Float32Array.from(randomNumbers(count * classes, 2000)) },
  };
}

const rows = fc
  .array(fc.tuple(fc.constantFrom("down" as const, "same" as const), fc.constantFrom(8, 16, 24)), {
    minLength: 1,
    maxLength: 3,
  })
  .filter((blocks) => blocks.filter(([block]) => block === "down").length < 3);

const facts = { classes: fc.integer({ min: 1, max: 4 }), attention: fc.option(fc.nat({ max: 2 })) };

const plain = fc.record({ blocks: rows, ...facts }).map(({ blocks, attention, classes }) => {
  const all = blocks.map(([block, out], index): BigGanDiscriminatorRow => {
    return { block, in: blocks[index - 1]?.[1] ?? 3, out };
  });
  if (attention !== null) all.splice(attention + 1, 0, { block: "attention" });
  return bigGanDiscriminator({ family: "biggan-discriminator", rows: all, classes, resolution: 8 });
});

const deep = fc.record({ blocks: rows, ...facts }).map(({ blocks, attention, classes }) => {
  const widths = blocks.map(([, out]) => out).sort((a, b) => a - b);
  const all = blocks.map(([block], index): BigGanDeepDiscriminatorRow => {
    return { block, in: widths[index - 1] ?? 8, out: widths[index] ?? 8 };
  });
  if (attention !== null) all.splice(attention + 1, 0, { block: "attention" });
  return bigGanDeepDiscriminator({ family: "biggan-deep-discriminator", rows: all, classes, resolution: 8 });
});

/** Discriminators of either family, of a few thousand numbers, for 8 x 8 pixels. */
export const randomDiscriminator: fc.Arbitrary<Graph> = fc.oneof(plain, deep);
