import { UsageError } from "../core/errors.js";
import { nearestNames } from "../core/nearest.js";
import type { Tensor } from "../core/tensor.js";

/** A point between classes: what row of `y` to feed. Weights need not add up to 1; the graph does not normalise either. */
export type ClassMix = readonly { readonly index: number; readonly weight: number }[];

/** The longest ImageNet label has 32 characters; a mix of a dozen fits. */
const MAX_TEXT_LENGTH = 1000;

/** How many names a message lists. */
const MAX_LISTED = 5;

/** `name:weight`, up to a comma or the end. Only a comma after a weight separates, so that names may contain commas. */
const PART = /\s*(.+?)\s*:\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*(?:,|$)/iy;

/**
 * What a user writes for a class: an index (`207`), a name (`golden retriever`: any case; the whole name, else the only one
 * that begins so, else the only one that contains it), or a mix (`tench:0.5,207:0.5`). `labels` is undefined when the names
 * are unknown: then only indices are understood. Throws a {@link UsageError} with the nearest names.
 */
export function resolveClass(text: string, labels: readonly string[] | undefined, classes: number): ClassMix {
  const wanted = text.trim();
  if (wanted === "" || wanted.length > MAX_TEXT_LENGTH) {
    throw new UsageError(`class: expected a name, an index or a mix, found ${wanted.length} characters`);
  }
  const whole = exactMatches(wanted, labels);
  const parts = /^\d+$/.test(wanted) || whole.length > 0 ? undefined : splitMix(wanted);
  if (parts === undefined) return [{ index: resolveOne(wanted, labels, classes), weight: 1 }];
  const mix = parts.map(({ name, weight }) => ({ index: resolveOne(name, labels, classes), weight }));
  const indices = new Set(mix.map(({ index }) => index));
  if (indices.size < mix.length) throw new UsageError(`class "${wanted}": expected each class once, found one twice`);
  return mix;
}

function splitMix(text: string): readonly { name: string; weight: number }[] | undefined {
  const parts: { name: string; weight: number }[] = [];
  let position = 0;
  while (position < text.length) {
    PART.lastIndex = position;
    const match = PART.exec(text);
    if (match === null) break;
    parts.push({ name: match[1] ?? "", weight: Number(match[2]) });
    position = PART.lastIndex;
  }
  if (parts.length === 0) return undefined;
  const rest = text.slice(position).trim();
  if (rest !== "" || parts.some(({ weight }) => !Number.isFinite(weight))) {
    throw new UsageError(`class "${text}": expected name:weight,name:weight, found "${rest || text}"`);
  }
  return parts;
}

function exactMatches(wanted: string, labels: readonly string[] | undefined): readonly number[] {
  return matching(labels ?? [], (label) => label === wanted.toLowerCase());
}

function matching(labels: readonly string[], test: (label: string) => boolean): readonly number[] {
  return labels.flatMap((label, index) => (test(label.toLowerCase()) ? [index] : []));
}

function resolveOne(wanted: string, labels: readonly string[] | undefined, classes: number): number {
  if (/^\d+$/.test(wanted)) {
    const index = Number(wanted);
    if (index < classes) return index;
    throw new UsageError(`class ${wanted}: expected an index from 0 to ${classes - 1}`);
  }
  if (labels === undefined) {
    throw new UsageError(`class "${wanted}": expected an index from 0 to ${classes - 1}, for the names are not known`, {
      hint: "Put the names into a labels.json beside the model.",
    });
  }
  const lower = wanted.toLowerCase();
  const found = [
    exactMatches(wanted, labels),
    matching(labels, (label) => label.startsWith(lower)),
    matching(labels, (label) => label.includes(lower)),
  ].find((indices) => indices.length > 0);
  const [first] = found ?? [];
  if (first === undefined) {
    const nearest = nearestNames(lower, labels);
    throw new UsageError(`class "${wanted}": no class has this name`, {
      hint: nearest.length > 0 ? `The nearest names: ${nearest.join(", ")}.` : "Write part of a name, or an index.",
    });
  }
  if (found !== undefined && found.length > 1) {
    const listed = found.slice(0, MAX_LISTED).map((index) => `${labels[index]} (${index})`);
    if (found.length > MAX_LISTED) listed.push("…");
    throw new UsageError(`class "${wanted}": expected one class, found ${found.length}: ${listed.join(", ")}`, {
      hint: "Write the whole name, or the index.",
    });
  }
  return first;
}

/** One row a mix, [n, classes] in float32, with each weight at its class. Throws a {@link UsageError} beyond `classes`. */
export function oneHot(mixes: readonly ClassMix[], classes: number): Tensor {
  const data = new Float32Array(mixes.length * classes);
  mixes.forEach((mix, row) => {
    for (const { index, weight } of mix) {
      if (!Number.isInteger(index) || index < 0 || index >= classes) {
        throw new UsageError(`class ${index}: expected an index from 0 to ${classes - 1}`);
      }
      data[row * classes + index] = (data[row * classes + index] ?? 0) + weight;
    }
  });
  return { shape: [mixes.length, classes], data };
}

/** For captions: `goldfish`, or `tench:0.5, goldfish:0.5`. {@link resolveClass} reads it back, unless names are doubled. */
export function describeMix(mix: ClassMix, labels?: readonly string[]): string {
  const name = (index: number) => labels?.[index] ?? `${index}`;
  const [only] = mix;
  if (only !== undefined && mix.length === 1 && only.weight === 1) return name(only.index);
  return mix.map(({ index, weight }) => `${name(index)}:${weight}`).join(", ");
}
