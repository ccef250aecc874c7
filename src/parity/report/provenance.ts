import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { arch, type } from "node:os";
import { join } from "node:path";
import { throwIfAborted } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import type { Mapping } from "../../mapping/mapping.js";
import { mappingHash } from "../../mapping/mapping-hash.js";
import type { ReportFacts } from "./report-schema.js";

/**
 * What a report needs to be done again by somebody else: hashes, Node, system. No dates, no paths: the same run gives the same
 * report. Reads the model's file whole (a second or two for a gigabyte); of a folder, every file in it.
 */
export async function provenanceOf(
  file: string,
  mapping: Mapping,
  options: ReadOptions = {},
): Promise<ReportFacts["provenance"]> {
  const about = await stat(file);
  const source = about.isDirectory() ? await hashFolder(file, options) : await hashFile(file, options);
  return {
    ...source,
    mapping: { name: mapping.name, sha256: mappingHash(mapping) },
    node: process.versions.node,
    system: `${type()}, ${arch()}`,
  };
}

interface Hashed {
  readonly sha256: string;
  readonly bytes: number;
}

async function hashFile(file: string, { signal }: ReadOptions): Promise<Hashed> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    throwIfAborted(signal);
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** Of the lines that `sha256sum` prints for the files, sorted by path: `find . -type f | sort | xargs sha256sum | sha256sum`. */
async function hashFolder(folder: string, options: ReadOptions): Promise<Hashed> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const inner = paths.map((path) => `./${path.slice(folder.length).replace(/\\/g, "/").replace(/^\/+/, "")}`);
  const hash = createHash("sha256");
  let bytes = 0;
  for (const path of [...inner].sort()) {
    const hashed = await hashFile(join(folder, path), options);
    hash.update(`${hashed.sha256}  ${path}\n`);
    bytes += hashed.bytes;
  }
  return { sha256: hash.digest("hex"), bytes };
}
