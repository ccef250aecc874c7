import { MappingError, type MappingIssue } from "../../core/errors.js";
import type { Shape } from "../../core/tensor.js";
import type { TensorSource } from "../../core/tensor-source.js";
import type { BigGanDeepRow } from "../../models/biggan-deep-generator.js";
import type { BigGanRow } from "../../models/biggan-generator.js";
import { type GeneratorConfig, standardTruncationGrid } from "../../models/generator.js";

/** What a module's own graph tells of its structure, where it can be read; names and shapes alone leave some things open. */
export interface StructureHints {
  /** In network order: the variable each filter comes from, and whether the image was enlarged just before. */
  readonly convolutions: readonly { readonly weight: string; readonly upsampled: boolean }[];
  readonly batchNorms: readonly { readonly epsilon: number }[];
  /** The truncation of each row of the statistics. */
  readonly truncationGrid: readonly number[] | undefined;
}

/** Of every batch norm of the released modules, a float32 constant of their graphs; used when the graph does not say. */
const RELEASED_EPSILON = Math.fround(1e-4);
/** The published generators start at 4 x 4 and have at most 14 blocks; more than this is not a generator but a damaged index. */
const MAX_BLOCKS = 64;
const START_SIDE = 4;

/** How the rows of statistics are called: tables that stand for a module's graph, or the checkpoint's own of truncation 1. */
export type StatisticNames = "standing_mean" | "accumulated_mean";

/**
 * Family, resolution, channels, z size, classes and attention place, all from the names and shapes of a TF Hub checkpoint's tensors (and
 * the module's graph).
 */
export function inferConfig(
  source: TensorSource,
  hints?: StructureHints,
  statisticNames: StatisticNames = "standing_mean",
): GeneratorConfig {
  const shapes = new VariableShapes(source, statisticNames);
  if (shapes.has("Generator/G_Z/G_linear/w")) return inferBigGan(shapes, hints);
  if (shapes.has("Generator/GenZ/G_linear/w")) return inferBigGanDeep(shapes, hints);
  throw refuse(
    source,
    "expected the tensor Generator/G_Z/G_linear/w (BigGAN) or Generator/GenZ/G_linear/w (BigGAN-deep), " +
      `found neither among ${source.tensors.size} tensors`,
    "Check that this is a BigGAN or BigGAN-deep generator; `biggan-port inspect` lists what the file holds.",
  );
}

function inferBigGan(shapes: VariableShapes, hints: StructureHints | undefined): GeneratorConfig {
  const [classes, embedding] = shapes.matrix("linear/w");
  const [zChunk, stemUnits] = shapes.matrix("Generator/G_Z/G_linear/w");
  const rows: BigGanRow[] = [];
  for (let b = 0; shapes.hasBlock(b, "conv0"); b++) {
    const [, , from, to] = shapes.filter(shapes.blockName(b, "conv0"));
    rows.push({ block: "up", in: from, out: to });
  }
  checkChain(shapes, rows, stemUnits);
  const place = attentionPlace(shapes, rows, hints);
  rows.splice(place, 0, { block: "attention" });
  return { family: "biggan", rows, classes, embedding, zChunk, ...statistics(shapes, hints) };
}

function inferBigGanDeep(shapes: VariableShapes, hints: StructureHints | undefined): GeneratorConfig {
  const [classes, embedding] = shapes.matrix("linear/w");
  const [condition, stemUnits] = shapes.matrix("Generator/GenZ/G_linear/w");
  const rows: BigGanDeepRow[] = [];
  for (let b = 0; shapes.hasBlock(b, "conv0"); b++) {
    const [, , from] = shapes.filter(shapes.blockName(b, "conv0"));
    const [, , , to] = shapes.filter(shapes.blockName(b, "conv3"));
    rows.push({ block: upsamples(shapes, b, hints) ? "up" : "same", in: from, out: to });
  }
  checkChain(shapes, rows, stemUnits);
  const place = attentionPlace(shapes, rows, hints);
  rows.splice(place, 0, { block: "attention" });
  const [, , , rgbChannels] = shapes.filter("Generator/conv_to_rgb/w");
  const zDim = condition - embedding;
  return { family: "biggan-deep", rows, classes, embedding, zDim, rgbChannels, ...statistics(shapes, hints) };
}

/** The graph says where it enlarges the image; without one, the published rule holds: every second block, not the first. */
function upsamples(shapes: VariableShapes, block: number, hints: StructureHints | undefined): boolean {
  const name = shapes.blockName(block, "conv1");
  return hints?.convolutions.find(({ weight }) => weightOf(weight) === name)?.upsampled ?? block % 2 === 1;
}

/** Every block takes what the one before gives, and the first takes the stem. */
function checkChain(shapes: VariableShapes, rows: readonly (BigGanRow | BigGanDeepRow)[], stemUnits: number): void {
  let channels = stemUnits / (START_SIDE * START_SIDE);
  rows.forEach((row, index) => {
    if (row.block === "attention") return;
    if (row.in !== channels) {
      throw refuse(
        shapes.source,
        `block ${index} (${shapes.blockName(index, "conv0")}): expected ${channels} input channels, found ${row.in}`,
      );
    }
    channels = row.out;
  });
  if (rows.length === 0) throw refuse(shapes.source, "expected residual blocks Generator/GBlock…/conv0/w, found none");
}

/**
 * How many blocks stand before the attention: read off the graph. Without one, the first place where its channels fit, which
 * is where all released modules have it (at 64 x 64, in BigGAN-256 at 128 x 128).
 */
function attentionPlace(
  shapes: VariableShapes,
  rows: readonly (BigGanRow | BigGanDeepRow)[],
  hints: StructureHints | undefined,
): number {
  const theta = "Generator/attention/theta/w";
  const [, , channels] = shapes.filter(theta);
  const order = hints?.convolutions.map(({ weight }) => weightOf(weight)) ?? [];
  const seen = order.indexOf(theta);
  const fits = rows.flatMap((row, index) => (row.block !== "attention" && row.out === channels ? [index + 1] : []));
  if (seen >= 0) {
    const before = rows.filter((_, b) => order.slice(0, seen).includes(shapes.blockName(b, "conv0"))).length;
    if (fits.includes(before)) return before;
    throw refuse(
      shapes.source,
      `${theta}: the graph has the attention after ${before} blocks, but its ${channels} channels fit after ${fits.join(", ") || "none"}`,
    );
  }
  const [first] = fits;
  if (first !== undefined) return first;
  throw refuse(shapes.source, `${theta}: expected a block with ${channels} output channels, found none`);
}

function statistics(
  shapes: VariableShapes,
  hints: StructureHints | undefined,
): { truncationGrid: readonly number[]; epsilon: number } {
  const table = [...shapes.source.tensors.values()].find(({ name }) => name.endsWith(`/${shapes.statisticNames}`));
  if (table === undefined) {
    throw refuse(
      shapes.source,
      "standing statistics: expected tables in the module's graph, or accumulated_mean and accumulated_var in the checkpoint, found neither",
    );
  }
  const rows = shapes.statisticNames === "accumulated_mean" ? 1 : (table.shape[0] ?? 0);
  const fromGraph = hints?.truncationGrid?.length === rows ? hints.truncationGrid : undefined;
  const truncationGrid = fromGraph ?? standardTruncationGrid(rows);
  if (truncationGrid === undefined) {
    throw refuse(
      shapes.source,
      `standing statistics: expected tables of 50 or 51 rows (or 1, without tables), found ${rows}`,
    );
  }
  const epsilons = [...new Set(hints?.batchNorms.map(({ epsilon }) => epsilon) ?? [])];
  const [epsilon = RELEASED_EPSILON, ...others] = epsilons;
  if (others.length > 0) {
    throw refuse(shapes.source, `batch norms: expected one epsilon in all of them, found ${epsilons.join(", ")}`);
  }
  return { truncationGrid, epsilon };
}

function refuse(source: TensorSource, detail: string, hint?: string): MappingError {
  const issue: MappingIssue = { kind: "unknown-model", detail };
  return new MappingError(source.file, "infer", [issue], hint === undefined ? {} : { hint });
}

/** A variable's name without its moving-average suffix. */
const weightOf = (name: string) => name.replace(/\/ema_[^/]+$/, "");

/** Shapes by variable, whichever of the raw weight and its moving average the checkpoint holds. */
class VariableShapes {
  readonly #shapes = new Map<string, Shape>();

  constructor(
    readonly source: TensorSource,
    readonly statisticNames: StatisticNames,
  ) {
    for (const { name, shape } of source.tensors.values()) this.#shapes.set(weightOf(name), shape);
  }

  has(name: string): boolean {
    return this.#shapes.has(name);
  }

  hasBlock(index: number, conv: string): boolean {
    return index < MAX_BLOCKS && this.has(this.blockName(index, conv));
  }

  /** TF1 calls the first scope `GBlock`, a renamed module may call it `GBlock_0`. */
  blockName(index: number, conv: string): string {
    const suffix = index > 0 || this.#shapes.has(`Generator/GBlock_0/${conv}/w`) ? `_${index}` : "";
    return `Generator/GBlock${suffix}/${conv}/w`;
  }

  matrix(name: string): readonly [rows: number, columns: number] {
    const [rows, columns, ...rest] = this.#shapes.get(name) ?? [];
    if (rows === undefined || columns === undefined || rest.length > 0) throw this.#unfit(name, "[in, out]");
    return [rows, columns];
  }

  filter(name: string): readonly [height: number, width: number, from: number, to: number] {
    const [height, width, from, to] = this.#shapes.get(name) ?? [];
    if (height === undefined || width === undefined || from === undefined || to === undefined) {
      throw this.#unfit(name, "[height, width, in, out]");
    }
    return [height, width, from, to];
  }

  #unfit(name: string, expected: string): MappingError {
    const shape = this.#shapes.get(name);
    return refuse(
      this.source,
      `${name}: expected shape ${expected}, found ${shape === undefined ? "no such tensor" : `[${shape.join(", ")}]`}`,
    );
  }
}
