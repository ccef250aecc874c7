import type { Graph } from "../graph/graph.js";
import { BIGGAN_DEEP_ROWS, type BigGanDeepConfig, bigGanDeepGenerator } from "./biggan-deep-generator.js";
import { BIGGAN_ROWS, type BigGanConfig, bigGanGenerator } from "./biggan-generator.js";

/** Everything that shapes a generator. Inferred from a checkpoint's tensors, never asked for. */
export type GeneratorConfig = BigGanConfig | BigGanDeepConfig;

export type Family = GeneratorConfig["family"];

export function generatorGraph(config: GeneratorConfig): Graph {
  return config.family === "biggan" ? bigGanGenerator(config) : bigGanDeepGenerator(config);
}

/** 0.02, 0.04 … 1.00 (50 rows, BigGAN) or 0.00, 0.02 … 1.00 (51 rows, BigGAN-deep); one row is truncation 1 alone. */
export function standardTruncationGrid(rows: number): readonly number[] | undefined {
  if (rows === 1) return [1];
  if (rows !== 50 && rows !== 51) return undefined;
  const first = 51 - rows;
  return Array.from({ length: rows }, (_, row) => (row + first) / 50);
}

/** The six released configurations: deepmind/biggan-{128,256,512}/2 and deepmind/biggan-deep-{128,256,512}/1. */
export function publishedConfig(family: Family, resolution: 128 | 256 | 512): GeneratorConfig {
  const common = { classes: 1000, embedding: 128, epsilon: Math.fround(1e-4) };
  if (family === "biggan") {
    const rows = BIGGAN_ROWS[resolution].map((row) => (row.block === "attention" ? row : scaled(row, 96)));
    const zChunk = resolution === 512 ? 16 : 20;
    return { family, rows, zChunk, truncationGrid: standardTruncationGrid(50) ?? [], ...common };
  }
  const rows = BIGGAN_DEEP_ROWS[resolution].map((row) => (row.block === "attention" ? row : scaled(row, 128)));
  return { family, rows, zDim: 128, rgbChannels: 128, truncationGrid: standardTruncationGrid(51) ?? [], ...common };
}

function scaled<R extends { readonly in: number; readonly out: number }>(row: R, ch: number): R {
  return { ...row, in: row.in * ch, out: row.out * ch };
}
