import type { ParameterSource } from "../../src/core/parameter-source.js";
import { elementCount, type Tensor } from "../../src/core/tensor.js";
import type { Graph } from "../../src/graph/graph.js";
import { bigGanDeepGenerator } from "../../src/models/biggan-deep-generator.js";
import { bigGanGenerator } from "../../src/models/biggan-generator.js";
import type { GeneratorInputs } from "../../src/runtime/runtime.js";

const GRID = [0, 0.25, 0.5, 0.75, 1];

/** A BigGAN of 16 x 16 pixels with attention at 8 x 8: every operation of its family in a few thousand numbers. */
export function smallBigGan(): Graph {
  return bigGanGenerator({
    family: "biggan",
    rows: [{ block: "up", in: 16, out: 16 }, { block: "attention" }, { block: "up", in: 16, out: 8 }],
    classes: 3,
    embedding: 6,
    zChunk: 4,
    truncationGrid: GRID,
    epsilon: 1e-4,
  });
}

/** A BigGAN-deep of 8 x 8 pixels: skip paths that keep and that drop channels, 8 outputs of which 3 are the picture. */
export function smallBigGanDeep(): Graph {
  return bigGanDeepGenerator({
    family: "biggan-deep",
    rows: [{ block: "same", in: 32, out: 32 }, { block: "attention" }, { block: "up", in: 32, out: 16 }],
    classes: 3,
    embedding: 6,
    zDim: 5,
    rgbChannels: 8,
    truncationGrid: GRID,
    epsilon: 1e-4,
  });
}

/** Numbers from -1 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(count: number, seed: number): Float64Array<ArrayBuffer> {
  const values = new Float64Array(count);
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    values[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return values;
}

/** Weights that keep values, and what rounding does to them, near 1: scaled by fan-in, variances from 0.5 to 1.5. float64, so that runtimes have to round them. */
export function randomParameters(graph: Graph): ParameterSource {
  const names = [...graph.parameters.keys()];
  return {
    async read(name) {
      const shape = graph.parameters.get(name)?.shape ?? [];
      const values = randomNumbers(elementCount(shape), names.indexOf(name) + 1);
      if (name.endsWith("variance")) return values.map((value) => 1 + value / 2);
      const fanIn = elementCount(shape.slice(0, -1));
      return values.map((value) => value * Math.sqrt(3 / fanIn));
    },
  };
}

export function randomInputs(graph: Graph, count: number, truncation: number): GeneratorInputs {
  const matrix = (width: number, seed: number): Tensor => ({
    shape: [count, width],
    data: Float32Array.from(randomNumbers(count * width, seed)),
  });
  return { z: matrix(graph.zDim, 1000), y: matrix(graph.classes, 2000), truncation };
}

export function largestDifference(a: Tensor, b: Tensor): number {
  if (a.data.length !== b.data.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [index, value] of a.data.entries()) {
    const difference = Math.abs(value - (b.data[index] ?? Number.NaN));
    if (!(difference <= most)) most = difference;
  }
  return most;
}

export function largestMagnitude({ data }: Tensor): number {
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most;
}
