import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isNorm } from "../../src/mapping/before-norm.js";
import { movedBack } from "../../src/mapping/fix-transform.js";
import { publishedConfig } from "../../src/models/generator.js";
import { modelGraph } from "../../src/models/model-config.js";
import { expandMapping } from "../../src/naming/expand-mapping.js";
import { namingOf } from "../../src/naming/namings.js";
import { golden } from "../helpers/golden.js";
import { parseInventory } from "../helpers/named-tensors.js";

/** Beside the weights; the rest of what PyTorch lists is statistics and singular vectors. */
const PARTS = /\.(u0|sv0|weight_u|weight_v)$/;

it.each([
  ["biggan-pytorch", "biggan", 128],
  ["biggan-pytorch", "biggan", 256],
  ["biggan-pytorch", "biggan", 512],
  ["huggingface", "biggan-deep", 128],
  ["huggingface", "biggan-deep", 256],
  ["huggingface", "biggan-deep", 512],
] as const)("gives %s names and shapes to all of %s %i", (names, family, resolution) => {
  const config = publishedConfig(family, resolution);
  const naming = namingOf(names, family);
  if (naming === undefined) throw new Error("no naming");
  expect(naming.misfit(config)).toBeUndefined();
  const file = names === "huggingface" ? "huggingface-biggan-deep" : "biggan-pytorch";
  const theirs = parseInventory(readFileSync(golden(`inventory/${file}-${resolution}.txt`), "utf8"));
  const expanded = expandMapping(naming.normed, modelGraph(config));
  const shapes = expanded.map(({ name, parameter: { shape, kind }, transforms }) => {
    const own = movedBack(shape, transforms);
    // One row of the tables, where one is kept.
    return [
      name,
      kind === "statistic" && naming.statistics === "one" ? own.slice(1) : own.length === 0 ? naming.scalarShape : own,
    ];
  });
  expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries([...theirs].filter(([name]) => !PARTS.test(name))));
  const vectors = expanded.flatMap(({ transforms }) => transforms.filter(isNorm).map(({ u }) => u));
  expect(vectors.sort()).toEqual([...theirs.keys()].filter((name) => /\.(u0|weight_u)$/.test(name)).sort());
});

it("says what a project has no model of", () => {
  const deep = publishedConfig("biggan-deep", 128);
  expect(namingOf("biggan-pytorch", "biggan-deep")?.misfit(deep)).toBe(
    "BigGANdeep.py's last convolution gives the 3 channels of the picture, this model's 128",
  );
  expect(namingOf("huggingface", "biggan")).toBeUndefined();
  if (deep.family !== "biggan-deep") throw new Error("not deep");
  const misfit = (change: Partial<typeof deep>) =>
    namingOf("huggingface", "biggan-deep")?.misfit({ ...deep, ...change });
  expect(misfit({ truncationGrid: [1] })).toBe(
    "its statistics are those of truncations from 0 to 1 in equal steps, this model has truncation 1 alone",
  );
  expect(misfit({ embedding: 100 })).toBe("its class embedding is as long as z, this model's 100 and 128");
});
