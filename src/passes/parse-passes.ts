import { UsageError } from "../core/errors.js";
import { nearestNames } from "../core/nearest.js";
import type { Pass } from "./pass.js";
import { defaultPasses, PASSES, type PassTarget } from "./registry.js";

/**
 * The value of `--passes`: `default`, `all` (of two that exclude each other the target's), `none`, or names with commas in between, in
 * any order. `-name` leaves one out; a list of such alone is taken from `default`.
 * @throws UsageError for an unknown name, and for two that exclude each other.
 *
 * @example
 * parsePasses("default,-merge-vectors", "tfjs");
 */
export function parsePasses(text: string, target: PassTarget): readonly Pass[] {
  const words = text.split(",").map((word) => word.trim());
  const chosen = new Set<Pass>();
  if (words.every((word) => word.startsWith("-"))) for (const pass of defaultPasses(target)) chosen.add(pass);
  for (const word of words) {
    for (const pass of passesOf(word, target)) {
      if (word.startsWith("-")) chosen.delete(pass);
      else chosen.add(pass);
    }
  }
  const passes = PASSES.filter((pass) => chosen.has(pass));
  for (const { name, excludes = [] } of passes) {
    const other = passes.find((each) => excludes.includes(each.name));
    if (other === undefined) continue;
    throw new UsageError(`--passes: expected one of ${name} and ${other.name}, found both`, {
      hint: `Leave one out: -${other.name}.`,
    });
  }
  return passes;
}

function passesOf(word: string, target: PassTarget): readonly Pass[] {
  if (word === "default") return defaultPasses(target);
  if (word === "all") return PASSES.filter((pass) => !pass.excludes || defaultPasses(target).includes(pass));
  if (word === "none") return [];
  const name = word.replace(/^-/, "");
  const pass = PASSES.find((each) => each.name === name);
  if (pass !== undefined) return [pass];
  const names = ["default", "all", "none", ...PASSES.map((each) => each.name)];
  const nearest = nearestNames(name, names, 1);
  throw new UsageError(`--passes: expected names of passes, found "${word}"`, {
    hint: nearest.length > 0 ? `Did you mean ${nearest[0]}?` : `There are ${names.join(", ")}.`,
  });
}
