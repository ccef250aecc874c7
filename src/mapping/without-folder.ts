import { dirname, join, sep } from "node:path";

/**
 * Warnings go into manifests and reports, which are given away: those that begin with a path beside `file`, as a user has typed it, begin with
 * what is below its folder.
 */
export function withoutFolder(warnings: readonly string[], file: string): readonly string[] {
  const folder = dirname(file);
  const prefixes = [folder, join(folder)].map((path) => (path.endsWith(sep) ? path : path + sep));
  return warnings.map((words) => {
    const prefix = prefixes.find((candidate) => words.startsWith(candidate));
    return prefix === undefined ? words : words.slice(prefix.length);
  });
}
