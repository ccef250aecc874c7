import { describe, expect, test } from "vitest";
import { InterruptedError, UsageError } from "../../../src/core/errors.js";
import type { ParameterSource } from "../../../src/core/parameter-source.js";
import { elementCount, type Tensor } from "../../../src/core/tensor.js";
import { GraphBuilder } from "../../../src/graph/builder.js";
import { BATCH, type Graph } from "../../../src/graph/graph.js";
import { bigGanDeepGenerator } from "../../../src/models/biggan-deep-generator.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { type GeneratorInputs, layerOf } from "../../../src/runtime/runtime.js";

const deep = bigGanDeepGenerator({
  family: "biggan-deep",
  rows: [
    { block: "same", in: 16, out: 16 },
    { block: "up", in: 16, out: 8 },
    { block: "attention" },
    { block: "up", in: 8, out: 4 },
  ],
  classes: 5,
  embedding: 3,
  zDim: 6,
  rgbChannels: 4,
  truncationGrid: [0, 0.5, 1],
  epsilon: 1e-4,
});

/** Small numbers that depend on the parameter's name and place only, and a count of the reads. */
function countedParameters(graph: Graph): ParameterSource & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    async read(name) {
      reads.push(name);
      const parameter = graph.parameters.get(name);
      const data = new Float64Array(elementCount(parameter?.shape ?? []));
      for (const i of data.keys()) data[i] = Math.sin(name.length + i * 0.7) * 0.4;
      return parameter?.kind === "statistic" ? data.map(Math.abs) : data;
    },
  };
}

function rowsOf(n: number, width: number, scale: number): Tensor {
  return { shape: [n, width], data: Float64Array.from({ length: n * width }, (_, i) => Math.cos(i * scale)) };
}

const inputs = { z: rowsOf(3, 6, 1.3), y: rowsOf(3, 5, 0.4), truncation: 0.25 };

describe("a small generator", () => {
  test("hands out the image and the taps asked for, and names each layer in order", async () => {
    await using runtime = await openReference(deep, countedParameters(deep));
    const seen: string[] = [];
    const outputs = await runtime.run(inputs, { taps: ["stem", "attention"], onLayer: (name) => seen.push(name) });
    expect([...outputs].map(([name, { shape }]) => [name, shape])).toEqual([
      ["stem", [3, 4, 4, 16]],
      ["attention", [3, 8, 8, 8]],
      ["image", [3, 16, 16, 3]],
    ]);
    expect(seen).toEqual([...deep.layers.keys()]);
    expect(layerOf(outputs, "image").data.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  test("a batch gives what its rows give alone, bit for bit", async () => {
    await using runtime = await openReference(deep, countedParameters(deep));
    const image = layerOf(await runtime.run(inputs), "image");
    const size = image.data.length / 3;
    for (const row of [0, 1, 2]) {
      const part = ({ data }: Tensor, width: number): Tensor => ({
        shape: [1, width],
        data: data.slice(row * width, (row + 1) * width),
      });
      const alone = await runtime.run({ z: part(inputs.z, 6), y: part(inputs.y, 5), truncation: 0.25 });
      expect(layerOf(alone, "image").data).toEqual(image.data.slice(row * size, (row + 1) * size));
    }
  });

  test("truncation selects the statistics, and no run leaks into the next", async () => {
    await using runtime = await openReference(deep, countedParameters(deep));
    const at = async (truncation: number) => layerOf(await runtime.run({ ...inputs, truncation }), "image").data;
    const first = await at(0.25);
    expect(await at(0.9)).not.toEqual(first);
    expect(await at(0.25)).toEqual(first);
  });

  test.each([
    [true, 1],
    [false, 2],
  ])("keepParameters %s: two runs read each parameter %i times", async (keepParameters, times) => {
    const parameters = countedParameters(deep);
    await using runtime = await openReference(deep, parameters, { keepParameters });
    expect(parameters.reads).toEqual([]);
    await runtime.run(inputs);
    await runtime.run(inputs);
    expect(parameters.reads.sort()).toEqual(
      Array.from({ length: times }, () => [...deep.parameters.keys()])
        .flat()
        .sort(),
    );
  });

  test("values and parameters are dropped after their last use", async () => {
    const live: number[] = [];
    let image = "";
    await using runtime = await openReference(deep, countedParameters(deep), {
      keepParameters: false,
      onNode: (node, bytes) => {
        live.push(bytes);
        image = node.name;
      },
    });
    await runtime.run(inputs);
    expect(image).toBe("tanh");
    // At the end: the image and what it was made from.
    expect(live.at(-1)).toBe(2 * 3 * 16 * 16 * 3 * 8);
    // In between: never more than four of the largest activation [3, 16, 16, 8], and the small change of conditions and filters.
    expect(Math.max(...live)).toBeLessThan(4 * 3 * 16 * 16 * 8 * 8 + 30_000);
  });

  test("refuses what does not fit", async () => {
    await using runtime = await openReference(deep, countedParameters(deep));
    const refused = (change: Partial<GeneratorInputs>, message: string) =>
      expect(runtime.run({ ...inputs, ...change })).rejects.toThrow(new UsageError(message));
    await refused({ z: rowsOf(3, 7, 1) }, "z: expected shape [n, 6] with n at least 1, found [3, 7] (21 numbers)");
    await refused({ y: rowsOf(2, 5, 1) }, "y: expected 3 rows, as many as z has, found 2");
    await refused({ truncation: 1.5 }, "truncation: expected a number from 0 to 1, found 1.5");
    await expect(runtime.run(inputs, { taps: ["block9"] })).rejects.toThrow(
      new UsageError("taps: expected some of stem, block0, block1, attention, block2, final, image, found block9"),
    );
  });

  test("a parameter of a wrong length is named", async () => {
    await using runtime = await openReference(deep, { read: async () => new Float64Array(7) });
    await expect(runtime.run(inputs)).rejects.toThrow("embed.w: expected numbers for [5, 3], found 7");
  });
});

describe("interruption", () => {
  /** One 3x3 convolution of 64 x 64 x 256 -> 256: 2.4 GMAC, seconds of work. */
  function bigConvolution(): Graph {
    const g = new GraphBuilder();
    const h = g.toImage(g.linear("stem", g.input("z", [BATCH, 1]), 64 * 64 * 256, { bias: false }), 64, 256);
    g.input("y", [BATCH, 1]);
    g.layer("image", g.conv("conv", h, 256, 3));
    return g.build({ name: "big", role: "generator", zDim: 1, classes: 1, resolution: 64 });
  }
  const one = { z: rowsOf(1, 1, 1), y: rowsOf(1, 1, 1), truncation: 0.5 };

  test("stops in the middle of a big convolution at once", async () => {
    const graph = bigConvolution();
    const abort = new AbortController();
    let reading = 0;
    const parameters: ParameterSource = {
      async read(name) {
        const shape = graph.parameters.get(name)?.shape ?? [];
        if (name === "conv.w") reading = performance.now();
        return new Float64Array(elementCount(shape));
      },
    };
    await using runtime = await openReference(graph, parameters);
    let aborted = 0;
    const run = runtime.run(one, { signal: abort.signal });
    const timer = setInterval(() => {
      if (reading === 0 || performance.now() - reading < 300) return;
      aborted = performance.now();
      abort.abort();
      clearInterval(timer);
    }, 5);
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
    expect(aborted).toBeGreaterThan(0);
    expect(performance.now() - aborted).toBeLessThan(150);
  });

  test("an aborted signal starts nothing", async () => {
    const parameters = countedParameters(deep);
    await using runtime = await openReference(deep, parameters);
    await expect(runtime.run(inputs, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(InterruptedError);
    expect(parameters.reads).toEqual([]);
  });

  test("a reader that rejects with the signal's reason is an interruption too", async () => {
    const abort = new AbortController();
    await using runtime = await openReference(deep, {
      async read() {
        abort.abort();
        throw abort.signal.reason;
      },
    });
    await expect(runtime.run(inputs, { signal: abort.signal })).rejects.toBeInstanceOf(InterruptedError);
  });
});
