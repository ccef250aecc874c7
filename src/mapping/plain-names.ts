import { FormatError, UsageError } from "../core/errors.js";
import type { TensorInfo, TensorSource } from "../core/tensor-source.js";
import type { Role } from "../graph/graph.js";
import type { Mapping } from "./mapping.js";
import type { WeightChoice } from "./resolve.js";
import { findFamily } from "./source-families.js";

/** Tensors by the names that mappings know. */
export interface PlainSource {
  readonly source: TensorSource;
  /** What of the checkpoint is another model's, in words. */
  readonly warnings: readonly string[];
}

/** Parts of a training checkpoint that are looked at; more first segments than this are not parts. */
const MAX_PARTS = 32;

/** TF1 adds `module/` and `:0`, torch's DataParallel adds `module.`. */
const plain = (name: string) => name.replace(/^module[./]/, "").replace(/:0$/, "");

/** `G_ema` of `G_ema.shared.weight`. */
const partOf = (name: string) => /^([^./]+)[./]./.exec(name)?.[1];

const isAverage = (part: string) => /ema|average/i.test(part);

/**
 * A checkpoint's tensors under plain names. When no family is recognised, the names may be those of a part of a training checkpoint (`state_dict`,
 * `G_ema`, `model`): one of the wanted role, with moving averages or, when raw weights are asked for, without.
 */
export function plainNames(source: TensorSource, weights: WeightChoice, role: Role = "generator"): PlainSource {
  const whole = renamed(source, [...source.tensors.keys()], plain);
  const family = findFamily(whole);
  if (family !== undefined) {
    if (weights === "raw" && !knowsAverages(family.mapping)) throw withoutRaw(source.file);
    return { source: whole, warnings: [] };
  }
  const rank = (part: Part) => (part.role === role ? 2 : 0) + (isAverage(part.name) === (weights === "ema") ? 1 : 0);
  const parts = partsOf(source).sort((a, b) => rank(b) - rank(a));
  const [chosen, ...others] = parts;
  if (chosen === undefined) return { source: whole, warnings: [] };
  if (weights === "raw" && isAverage(chosen.name)) throw withoutRaw(source.file);
  const left = source.tensors.size - chosen.source.tensors.size;
  const also = others.length === 0 ? "" : `; also models: ${others.map(({ name }) => name).join(", ")}`;
  const warnings = left === 0 ? [] : [`${source.file}: ${chosen.name} is taken, ${left} other tensors are not${also}`];
  return { source: chosen.source, warnings };
}

/** Whether its names tell moving averages from raw weights. */
const knowsAverages = ({ rules }: Mapping) => Object.values(rules).some(({ from }) => from.includes("{ema}"));

function withoutRaw(file: string): UsageError {
  return new UsageError(`${file}: --raw-weights: this file holds one set of weights`, {
    hint: "Give the file with the raw weights (BigGAN-PyTorch: G.pth beside G_ema.pth), or leave the option out.",
  });
}

/** A part that is a model. */
interface Part {
  readonly name: string;
  readonly role: Role;
  readonly source: TensorSource;
}

function partsOf(source: TensorSource): Part[] {
  const names = new Map<string, string[]>();
  for (const name of source.tensors.keys()) {
    const part = partOf(name);
    if (part !== undefined) names.set(part, [...(names.get(part) ?? []), name]);
  }
  if (names.size > MAX_PARTS) return [];
  return [...names].flatMap(([name, inside]): Part[] => {
    const part = renamed(source, inside, (full) => plain(full.slice(name.length + 1)));
    const role = findFamily(part)?.role;
    return role === undefined ? [] : [{ name, role, source: part }];
  });
}

/** Some tensors of a source under other names; their places stay what they are. */
function renamed(source: TensorSource, names: readonly string[], rename: (name: string) => string): TensorSource {
  const originals = new Map<string, string>();
  const infos: TensorInfo[] = [];
  for (const original of names) {
    const info = source.tensors.get(original);
    const name = rename(original);
    const other = originals.get(name);
    if (other !== undefined) {
      throw new FormatError({ file: source.file, field: `tensor ${name}` }, "one", `two: ${other}, ${original}`);
    }
    originals.set(name, original);
    if (info !== undefined) infos.push({ ...info, name });
  }
  const original = (name: string) => originals.get(name) ?? name;
  const { pieces, place, slice } = source;
  return {
    file: source.file,
    format: source.format,
    hasChecksums: source.hasChecksums,
    tensors: new Map(infos.sort((a, b) => (a.name < b.name ? -1 : 1)).map((info) => [info.name, info])),
    read: (name, options) => source.read(original(name), options),
    ...(pieces === undefined ? {} : { pieces: (name, options) => pieces.call(source, original(name), options) }),
    ...(place === undefined ? {} : { place: (name) => place.call(source, original(name)) }),
    ...(slice === undefined
      ? {}
      : { slice: (name, start, end, options) => slice.call(source, original(name), start, end, options) }),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}
