import type { Model } from "../mapping/model.js";

type Config = Model["config"];

/** One thing in which two configurations differ, as JSON. */
export interface ConfigurationDifference {
  readonly field: string;
  readonly a: string;
  readonly b: string;
}

/** Told apart from the rest: the truncations with statistics, and a number that may be rounded. */
const ELSEWHERE = ["truncationGrid", "epsilon"];

/** What gives two models other layers or other sizes. */
export function configurationDifferences(a: Config, b: Config): readonly ConfigurationDifference[] {
  const [fieldsA, fieldsB] = [jsonFields(a), jsonFields(b)];
  return [...new Set([...fieldsA.keys(), ...fieldsB.keys()])].flatMap((field) => {
    const [mine, theirs] = [fieldsA.get(field) ?? "none", fieldsB.get(field) ?? "none"];
    return mine === theirs || ELSEWHERE.includes(field) ? [] : [{ field, a: mine, b: theirs }];
  });
}

function jsonFields(config: Config): ReadonlyMap<string, string> {
  return new Map(Object.entries(config).map(([field, value]) => [field, JSON.stringify(value)]));
}
