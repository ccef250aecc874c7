// What the readers use of `node:path`: path-browserify, whose `resolve` would ask a process for its folder.
import path from "path-browserify";

export const { basename, dirname, join, sep } = path;

/** There is no working folder but the root. */
export function resolve(...parts: string[]): string {
  return path.resolve("/", ...parts);
}

export default { basename, dirname, join, resolve, sep };
