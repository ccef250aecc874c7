import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isPortError } from "../../src/core/errors.js";
import type { Role } from "../../src/graph/graph.js";
import { plainNames } from "../../src/mapping/plain-names.js";
import type { WeightChoice } from "../../src/mapping/resolve.js";
import { findFamily } from "../../src/mapping/source-families.js";
import { namedTensors, parseInventory } from "../helpers/named-tensors.js";

const read = async (name: string) =>
  parseInventory(await readFile(new URL(`../golden/inventory/${name}.txt`, import.meta.url), "utf8"));

const names = await read("biggan-pytorch-128");
const hub = await read("biggan-128");

/** The inventory under other names. */
const under = (rename: (name: string) => string, from = names) =>
  new Map([...from].map(([name, shape]) => [rename(name), shape]));

const source = (...parts: readonly ReadonlyMap<string, readonly number[]>[]) =>
  namedTensors("G.pth", new Map(parts.flatMap((part) => [...part])));

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isPortError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("plain names", () => {
  it.each<[string, ReadonlyMap<string, readonly number[]>]>([
    ["as they are", names],
    ["by DataParallel", under((name) => `module.${name}`)],
    ["in a checkpoint's state_dict", under((name) => `state_dict.${name}`)],
    ["in a checkpoint's model, by DataParallel", under((name) => `model.module.${name}`)],
    ["in a folder of a HDF5 file", under((name) => `G_ema/${name}`)],
  ])("%s", (_, shapes) => {
    const { source: plain, warnings } = plainNames(source(shapes), "ema");
    expect([...plain.tensors.keys()]).toEqual([...names.keys()].sort());
    expect(findFamily(plain)?.name).toBe("biggan-pytorch");
    expect(warnings).toEqual([]);
  });

  it("of TF1, with the scope of hub.Module and output numbers", () => {
    const { source: plain } = plainNames(source(under((name) => `module/${name}:0`, hub)), "ema");
    expect([...plain.tensors.keys()]).toEqual([...hub.keys()].sort());
  });

  it("are those that the file is read by", async () => {
    const { source: plain } = plainNames(source(under((name) => `state_dict.module.${name}`)), "ema");
    await expect(plain.read("shared.weight")).rejects.toThrow("state_dict.module.shared.weight was read");
    expect(plain.tensors.get("shared.weight")?.name).toBe("shared.weight");
  });
});

describe("a checkpoint of several models", () => {
  const several = source(
    under((name) => `G.${name}`),
    under((name) => `G_ema.${name}`),
    new Map([["optim.state.0.exp_avg", [5]]]),
  );

  it("has its moving averages taken, and says what is not", () => {
    const { source: plain, warnings } = plainNames(several, "ema");
    expect(plain.tensors.size).toBe(names.size);
    expect(warnings).toEqual([`G.pth: G_ema is taken, ${names.size + 1} other tensors are not; also models: G`]);
  });

  it("has its raw weights taken when they are asked for", () => {
    expect(plainNames(several, "raw").warnings[0]).toMatch("G.pth: G is taken");
  });
});

describe("a checkpoint of a whole training", () => {
  const discriminator = new Map<string, readonly number[]>([
    ["blocks.0.0.conv1.weight", [96, 3, 3, 3]],
    ["linear.weight", [1, 1536]],
    ["embed.weight", [1000, 1536]],
  ]);
  const all = source(
    under((name) => `D.${name}`, discriminator),
    under((name) => `G.${name}`),
    under((name) => `G_ema.${name}`),
  );
  const taken = (weights: WeightChoice, role?: Role) =>
    /: (\S+) is taken/.exec(plainNames(all, weights, role).warnings[0] ?? "")?.[1];

  it("has the generator taken, or the discriminator where that is wanted", () => {
    expect(taken("ema")).toBe("G_ema");
    expect(taken("raw")).toBe("G");
    expect(taken("ema", "discriminator")).toBe("D");
  });

  it("has the generator taken also when there are no averages", () => {
    const two = source(
      under((name) => `D.${name}`, discriminator),
      under((name) => `G.${name}`),
    );
    expect(plainNames(two, "ema").warnings[0]).toMatch("G is taken, 3 other tensors are not; also models: D");
  });
});

describe("raw weights", () => {
  it("are refused where a file has one set only", () => {
    const words = "usage: G.pth: --raw-weights: this file holds one set of weights";
    expect(refusal(() => plainNames(source(names), "raw"))).toBe(words);
    expect(refusal(() => plainNames(source(under((name) => `ema.${name}`)), "raw"))).toBe(words);
  });

  it("are there beside the averages in dumps of TF Hub's variables", () => {
    expect(plainNames(source(hub), "raw").source.tensors.size).toBe(hub.size);
  });
});

it("refuses two tensors of one plain name", () => {
  const twice = source(names, new Map([["module.shared.weight", [1000, 128]]]));
  expect(refusal(() => plainNames(twice, "ema"))).toBe(
    "format: G.pth: tensor shared.weight: expected one, found two: module.shared.weight, shared.weight",
  );
});
