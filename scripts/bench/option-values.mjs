// Reading the benchmarks' options.
import { parseArgs } from "node:util";

/** By name: texts, switches, and `more` in parseArgs' own terms. Throws a worded Error on others. */
export function optionValues(args, texts, switches, more = {}) {
  const typed = (names, type) => names.map((name) => [name, { type }]);
  const options = { ...more, ...Object.fromEntries([...typed(texts, "string"), ...typed(switches, "boolean")]) };
  return parseArgs({ args, options }).values;
}

/** Words between commas; undefined where nothing is said. */
export function list(text) {
  return text?.split(",").filter((word) => word !== "");
}

/** A whole number from 1; throws a worded Error for anything else. */
export function count(name, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${name}: expected a whole number from 1, found ${text}`);
  return Number(text);
}
