import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../src/core/errors.js";
import { parseConfig } from "../../src/mapping/parse-config.js";
import { publishedDiscriminator } from "../../src/models/discriminator.js";
import { publishedConfig } from "../../src/models/generator.js";
import { modelGraph } from "../../src/models/model-config.js";

describe("parseConfig", () => {
  test.each([
    ["biggan", 128],
    ["biggan", 256],
    ["biggan", 512],
    ["biggan-deep", 128],
    ["biggan-deep", 256],
    ["biggan-deep", 512],
  ] as const)("takes the published %s-%i as it is", (family, resolution) => {
    const config = publishedConfig(family, resolution);
    expect(parseConfig("x", JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test.each([128, 256, 512] as const)("takes the published discriminators for %i as they are", (resolution) => {
    for (const family of ["biggan-discriminator", "biggan-deep-discriminator"] as const) {
      const config = publishedDiscriminator(family, resolution);
      expect(parseConfig("x", JSON.parse(JSON.stringify(config)))).toEqual(config);
    }
  });

  test("takes no discriminator that has no graph", () => {
    const channels = fc.constantFrom(3, 4, 8, 12, 16, 24);
    const row = fc.oneof(
      {
        arbitrary: fc.record({ block: fc.constantFrom("down", "down", "same", "up"), in: channels, out: channels }),
        weight: 5,
      },
      { arbitrary: fc.constant({ block: "attention" }), weight: 1 },
    );
    const chained = fc
      .tuple(
        fc.constantFrom(3, 8),
        fc.array(fc.tuple(fc.constantFrom("down", "same"), channels), { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 3 }),
      )
      .map(([first, blocks, place]) => {
        let before: number = first;
        const rows: object[] = blocks.map(([block, out]) => {
          const each = { block, in: before, out };
          before = out;
          return each;
        });
        if (place > 0) rows.splice(place, 0, { block: "attention" });
        return rows;
      });
    const config = fc.record({
      family: fc.constantFrom("biggan-discriminator", "biggan-deep-discriminator"),
      rows: fc.oneof({ arbitrary: chained, weight: 4 }, { arbitrary: fc.array(row, { maxLength: 4 }), weight: 1 }),
      classes: fc.constantFrom(1, 10),
      resolution: fc.constantFrom(8, 16, 12, 6, 7),
    });
    let taken = 0;
    fc.assert(
      fc.property(config, (value) => {
        try {
          const { nodes } = modelGraph(parseConfig("x", value));
          for (const { shape } of nodes)
            expect(shape.slice(1).every((extent) => Number.isInteger(extent) && extent > 0)).toBe(true);
          taken++;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  test("refuses what it does not know, rather than to leave it out", () => {
    const config = { ...publishedConfig("biggan", 128), activation: "swish" };
    expect(() => parseConfig("x", config)).toThrow(/^x model\.config: document: .*"activation"/);
  });

  test("takes nothing that has no graph", () => {
    /** Mostly good: one in seven is not. */
    const mostly = <T, U>(good: fc.Arbitrary<T>, bad: U) =>
      fc.oneof({ arbitrary: good, weight: 6 }, { arbitrary: fc.constant(bad), weight: 1 });
    const size = fc.oneof(fc.integer({ min: -4, max: 40 }), fc.constantFrom(8, 16, 24, 32, 1.5, 2 ** 40));
    const block = mostly(fc.constantFrom("up", "up", "attention", "same"), "down");
    const wild = fc.array(fc.record({ block, in: size, out: size }), { maxLength: 6 });
    const chained = fc
      .array(fc.tuple(block, fc.constantFrom(8, 16, 32)), { minLength: 1, maxLength: 4 })
      .map((blocks) => {
        let before = 32;
        return blocks.map(([kind, out]) => {
          if (kind === "attention") return { block: kind };
          const row = { block: kind, in: before, out };
          before = out;
          return row;
        });
      });
    const common = {
      rows: fc.oneof({ arbitrary: wild, weight: 1 }, { arbitrary: chained, weight: 4 }),
      classes: mostly(fc.constantFrom(1, 10), 0),
      embedding: fc.constant(4),
      truncationGrid: mostly(fc.constantFrom([1], [0, 0.5, 1]), [0.5, 0.5]),
      epsilon: fc.constant(1e-4),
    };
    const rgbChannels = mostly(fc.constantFrom(3, 8), 2);
    const config = fc.oneof(
      fc.record({ family: fc.constant("biggan"), zChunk: fc.constant(4), ...common }),
      fc.record({ family: fc.constant("biggan-deep"), zDim: fc.constant(4), rgbChannels, ...common }),
    );
    let taken = 0;
    fc.assert(
      fc.property(config, (value) => {
        try {
          const graph = modelGraph(parseConfig("x", value));
          expect(graph.resolution).toBeLessThanOrEqual(4096);
          for (const { shape } of graph.parameters.values()) {
            expect(shape.every((extent) => Number.isInteger(extent) && extent > 0)).toBe(true);
          }
          taken++;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
