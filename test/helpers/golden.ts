import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The path of committed test data. */
export function golden(name: string): string {
  return fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
}

/** The bytes of committed test data, inflated when gzipped. */
export function goldenBytes(name: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(golden(name));
  return new Uint8Array(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}
