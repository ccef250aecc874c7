import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { tfhubBigGan } from "../../mappings/tfhub-biggan.js";
import { tfhubBigGanDeep } from "../../mappings/tfhub-biggan-deep.js";
import { describeTransform } from "../../src/mapping/describe-transform.js";
import { inferConfig } from "../../src/mapping/families/tfhub-config.js";
import { resolveMapping } from "../../src/mapping/resolve.js";
import { type Family, generatorGraph, publishedConfig } from "../../src/models/generator.js";
import { namedTensors, parseInventory } from "../helpers/named-tensors.js";

/** The names and shapes of the six released modules, put together from independent public ports (see its README). */
const inventory = async (name: string) =>
  parseInventory(await readFile(new URL(`../golden/inventory/${name}.txt`, import.meta.url), "utf8"));

const MODULES: readonly (readonly [Family, 128 | 256 | 512])[] = [
  ["biggan", 128],
  ["biggan", 256],
  ["biggan", 512],
  ["biggan-deep", 128],
  ["biggan-deep", 256],
  ["biggan-deep", 512],
];
const MAPPINGS = { biggan: tfhubBigGan, "biggan-deep": tfhubBigGanDeep };

describe.each(MODULES)("%s-%i", (family, resolution) => {
  const name = `${family}-${resolution}`;

  it("has its configuration inferred from names and shapes alone", async () => {
    expect(inferConfig(namedTensors(name, await inventory(name)))).toEqual(publishedConfig(family, resolution));
  });

  it("maps in full, both ways, as the golden table says", async () => {
    const source = namedTensors(name, await inventory(name));
    const graph = generatorGraph(publishedConfig(family, resolution));
    const { assignments, uses, issues } = resolveMapping(MAPPINGS[family], graph, source, "ema");
    expect(issues).toEqual([]);
    expect([...uses.keys()].sort()).toEqual([...source.tensors.keys()]);
    const lines = assignments.map(({ target, source: from, transforms }) => {
      const shape = graph.parameters.get(target)?.shape.join("x") || "scalar";
      return [target, shape, "<-", from, ...transforms.map(describeTransform)].join(" ");
    });
    const left = [...uses].filter(([, use]) => !graph.parameters.has(use) && !use.endsWith("(spectral norm)"));
    const ignored = left.map(([tensor, reason]) => `# ${tensor}: ${reason}`);
    await expect([...lines, ...ignored, ""].join("\n")).toMatchFileSnapshot(`../golden/mapping/${name}.txt`);
  });
});
