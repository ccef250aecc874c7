// Values of the benchmarks' options.

/** Words between commas; undefined where nothing is said, `none` is an empty list. */
export function list(text) {
  return text?.split(",").filter((word) => word !== "" && word !== "none");
}

/** A whole number from 1; throws a worded Error for anything else. */
export function count(name, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${name}: expected a whole number from 1, found ${text}`);
  return Number(text);
}
