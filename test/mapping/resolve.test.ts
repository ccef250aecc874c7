import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tfhubBigGan } from "../../mappings/tfhub-biggan.js";
import { describeIssue } from "../../src/core/errors.js";
import { inferConfig } from "../../src/mapping/families/tfhub-config.js";
import { resolveMapping } from "../../src/mapping/resolve.js";
import { compileTarget, sourceNames } from "../../src/mapping/templates.js";
import { generatorGraph } from "../../src/models/generator.js";
import { namedTensors } from "../helpers/named-tensors.js";

/** One block, four channels: the smallest thing that is a BigGAN by its names. */
function smallModule(): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  const averaged = (name: string, shape: readonly number[]) =>
    shapes.set(name, shape).set(`${name}/ema_b999900`, shape);
  const normed = (scope: string, shape: readonly number[]) => {
    averaged(`${scope}/w`, shape);
    for (const u of ["u0", "u1", "u2"]) shapes.set(`${scope}/${u}`, [1, shape.at(-1) ?? 1]);
  };
  averaged("linear/w", [3, 5]);
  normed("Generator/G_Z/G_linear", [2, 128]);
  averaged("Generator/G_Z/G_linear/b", [128]);
  for (const [bn, channels] of [
    ["", 8],
    ["_1", 8],
  ] as const) {
    normed(`Generator/GBlock/HyperBN${bn}/gamma`, [7, channels]);
    normed(`Generator/GBlock/HyperBN${bn}/beta`, [7, channels]);
    for (const table of ["mean", "var"])
      shapes.set(`Generator/GBlock/CrossReplicaBN${bn}/standing_${table}`, [50, channels]);
  }
  for (const [conv, size] of [
    ["conv0", 3],
    ["conv1", 3],
    ["conv_sc", 1],
  ] as const) {
    normed(`Generator/GBlock/${conv}`, [size, size, 8, 8]);
    averaged(`Generator/GBlock/${conv}/b`, [8]);
  }
  normed("Generator/attention/theta", [1, 1, 8, 1]);
  normed("Generator/attention/phi", [1, 1, 8, 1]);
  normed("Generator/attention/g", [1, 1, 8, 4]);
  normed("Generator/attention/o_conv", [1, 1, 4, 8]);
  averaged("Generator/attention/gamma", [1]);
  for (const table of ["mean", "var"]) shapes.set(`Generator/ScaledCrossReplicaBNbn/standing_${table}`, [50, 8]);
  averaged("Generator/ScaledCrossReplicaBN/gamma", [1, 1, 1, 8]);
  averaged("Generator/ScaledCrossReplicaBN/beta", [1, 1, 1, 8]);
  normed("Generator/conv_2d", [3, 3, 8, 3]);
  averaged("Generator/conv_2d/b", [3]);
  return shapes;
}

function resolve(shapes: ReadonlyMap<string, readonly number[]>, weights: "ema" | "raw" = "ema") {
  const graph = generatorGraph(inferConfig(namedTensors("good", smallModule())));
  return resolveMapping(tfhubBigGan, graph, namedTensors("module", shapes), weights);
}

describe("a module that fits", () => {
  it("has every tensor used or left out with its reason", () => {
    const shapes = smallModule();
    const { issues, uses } = resolve(shapes);
    expect(issues).toEqual([]);
    expect(uses.size).toBe(shapes.size);
    expect(uses.get("Generator/GBlock/conv0/w")).toBe("raw twin; the moving average is used");
    expect(uses.get("Generator/GBlock/conv0/u1")).toMatch("second singular vector");
  });

  it("has its raw weights taken only when they are asked for", () => {
    const { issues, assignments, uses } = resolve(smallModule(), "raw");
    expect(issues).toEqual([]);
    expect(assignments.find(({ target }) => target === "block0.conv0.w")?.source).toBe("Generator/GBlock/conv0/w");
    expect(uses.get("Generator/GBlock/conv0/w/ema_b999900")).toMatch("raw weights were asked for");
  });

  it("may call its first block GBlock_0 and have any suffix of moving averages", () => {
    const renamed = new Map(
      [...smallModule()].map(([name, shape]) => [
        name.replace("GBlock/", "GBlock_0/").replace("ema_b999900", "ema_0.5"),
        shape,
      ]),
    );
    expect(resolve(renamed).issues).toEqual([]);
  });
});

describe("a module that does not fit", () => {
  it("has all its issues told at once, with the nearest names", () => {
    const shapes = smallModule();
    shapes.delete("Generator/GBlock/conv1/w/ema_b999900");
    shapes.set("Generator/conv_2d/b/ema_b999900", [4]);
    shapes.set("Generator/something/else", [2, 2]);
    const lines = resolve(shapes).issues.map(describeIssue);
    expect(lines).toEqual([
      "block0.conv1.w: expected the tensor Generator/GBlock/conv1/w/ema_b999900, found none of that name " +
        "(nearest: Generator/GBlock/conv0/w/ema_b999900, Generator/GBlock/conv1/b/ema_b999900, Generator/GBlock/conv0/b/ema_b999900)",
      "rgb.b: expected shape [3], found [4] in Generator/conv_2d/b/ema_b999900",
      "Generator/GBlock/conv1/w [3, 3, 8, 8]: no rule uses or ignores this tensor",
      "Generator/something/else [2, 2]: no rule uses or ignores this tensor",
    ]);
  });

  it("is ambiguous when it has both spellings of a scope", () => {
    const shapes = smallModule();
    shapes.set("Generator/GBlock_0/conv0/b/ema_b999900", [8]);
    expect(resolve(shapes).issues.map(({ kind }) => kind)).toContain("ambiguous-target");
  });

  it("is told when there is no rule, or two, for a parameter", () => {
    const graph = generatorGraph(inferConfig(namedTensors("good", smallModule())));
    const rules = {
      "embed.w": { from: "linear/w/{ema}" },
      "block{b}.conv0.w": { from: "x" },
      "block{b}.conv{k}.w": { from: "y" },
    };
    const { issues } = resolveMapping(
      { name: "partial", source: "", rules, ignore: [] },
      graph,
      namedTensors("m", smallModule()),
      "ema",
    );
    expect(issues).toContainEqual({ kind: "unmapped-target", target: "stem.w" });
    expect(issues).toContainEqual({
      kind: "ambiguous-target",
      target: "block0.conv0.w",
      rules: ["block{b}.conv0.w", "block{b}.conv{k}.w"],
    });
  });

  it.each([
    ["Generator/G_Z/G_linear/w", "expected the tensor Generator/G_Z/G_linear/w (BigGAN) or Generator/GenZ/G_linear/w"],
    [
      "Generator/attention/theta/w",
      "Generator/attention/theta/w: expected shape [height, width, in, out], found no such tensor",
    ],
    ["linear/w", "linear/w: expected shape [in, out], found no such tensor"],
  ])("has no configuration without %s", (name, message) => {
    const shapes = new Map([...smallModule()].filter(([key]) => !key.startsWith(name)));
    expect(() => inferConfig(namedTensors("module", shapes))).toThrow(message);
  });

  it("has no configuration when its blocks do not chain", () => {
    const shapes = smallModule()
      .set("Generator/G_Z/G_linear/w", [2, 64])
      .set("Generator/G_Z/G_linear/w/ema_b999900", [2, 64]);
    expect(() => inferConfig(namedTensors("module", shapes))).toThrow(
      "block 0 (Generator/GBlock/conv0/w): expected 4 input channels, found 8",
    );
  });
});

describe("templates", () => {
  it("match whole names with numbers only", () => {
    const pattern = compileTarget("block{b}.conv{k}.w");
    expect(pattern.exec("block12.conv3.w")?.groups).toEqual({ b: "12", k: "3" });
    for (const name of ["xblock1.conv1.w", "block1.conv1.wx", "block.conv1.w", "block1_conv1_w"])
      expect(pattern.test(name)).toBe(false);
  });

  it("spell a scope as TF1 numbers it", () => {
    expect(sourceNames("G{_b}/bn{_k}/c{k}/{ema}", { b: "0", k: "2" }, ["e1", "e2"])).toEqual([
      "G/bn_2/c2/e1",
      "G_0/bn_2/c2/e1",
      "G/bn_2/c2/e2",
      "G_0/bn_2/c2/e2",
    ]);
    expect(sourceNames("G/w/{ema}", {}, "raw")).toEqual(["G/w"]);
  });

  it("never match across what is literal in them", () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(9), fc.string(), (b, k, noise) => {
        const name = `block${b}.conv${k}.w`;
        expect(compileTarget("block{b}.conv{k}.w").test(name + noise)).toBe(noise === "");
      }),
    );
  });
});
