import { readdir } from "node:fs/promises";
import path from "node:path";
import { FormatError } from "../../core/errors.js";
import { unreadable } from "../../io/file-source.js";

/** `model-00001-of-00003.safetensors` */
const NUMBERED = /^(?<stem>.*?)[-_.]?(?<number>\d+)-of-(?<total>\d+)\.(?:safetensors|bin|pth|pt)$/;

/** Names of a folder that are looked through: a folder of more is no place for a model. */
const MAX_NAMES = 10_000;

/** The names in a folder, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  if (names.length <= MAX_NAMES) return names.sort();
  throw new FormatError({ file: folder, field: "folder" }, `at most ${MAX_NAMES} files`, `${names.length}`, {
    hint: "Put the files of one model into a folder of their own.",
  });
}

/** A tensor's line takes a hundred bytes: this is an index of 160,000. */
export const MAX_INDEX_BYTES = 16 * 1024 * 1024;

export function isNumberedShard(name: string): boolean {
  return NUMBERED.test(name);
}

export function isShardIndex(name: string): boolean {
  return name.endsWith(".index.json");
}

/** Whether the last part of a path is a pattern: `model-*.safetensors`. */
export function isPattern(file: string): boolean {
  return /[*?]/.test(path.basename(file));
}

/** The files that a pattern stands for, sorted. `*` and `?` stand for characters of a name, in the last part alone. */
export async function filesLike(pattern: string): Promise<string[]> {
  const folder = path.dirname(pattern);
  const source = path.basename(pattern).replace(/[\\^$+.()|[\]{}]/g, "\\$&");
  // Runs of stars are one star: many in a row would be tried in all their combinations.
  const like = new RegExp(`^${source.replace(/\*+/g, ".*").replaceAll("?", ".")}$`, "u");
  const names = (await namesIn(folder)).filter((name) => like.test(name));
  return names.map((name) => path.join(folder, name));
}

/** Numbered files must be of one set and all be there; files without numbers are taken as they are. Throws a {@link FormatError}. */
export function checkNumbers(place: string, files: readonly string[]): void {
  const groups = files.map((file) => NUMBERED.exec(path.basename(file))?.groups);
  const [first] = groups;
  const fail = (expected: string, found: string): never => {
    throw new FormatError({ file: place, field: "shards" }, expected, found, {
      hint: "Fetch the missing files, or name the files of one model with a pattern.",
    });
  };
  if (first === undefined || groups.some((group) => group === undefined)) {
    if (groups.some((group) => group !== undefined)) fail("numbered files alone", "others among them");
    return;
  }
  const other = groups.findIndex((group) => group?.["stem"] !== first["stem"] || group?.["total"] !== first["total"]);
  if (other >= 0) fail("shards of one model", path.basename(files[other] ?? ""));
  const numbers = new Set(groups.map((group) => Number(group?.["number"])));
  const total = Number(first["total"]);
  // The files are numbered from 1: as many numbers as files, none above the total.
  const missing = Array.from({ length: files.length + 1 }, (_, i) => i + 1).find((number) => !numbers.has(number));
  if (files.length !== total || (missing !== undefined && missing <= total)) {
    fail(`all of ${total} shards`, `${files.length}, without number ${missing}`);
  }
}
