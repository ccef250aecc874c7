// What all benchmarks do with their results.
import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname } from "node:path";

export function save(file, results) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, undefined, 1)}\n`);
}

/** Results are published: the folders of this machine are not. */
export function scrubber({ root, work, venvs }) {
  const names = [
    [venvs, "VENVS"],
    [work, "WORK"],
    [root, "."],
    [homedir(), "~"],
  ];
  return (text) => names.reduce((left, [folder, name]) => left.replaceAll(folder, name), text);
}
