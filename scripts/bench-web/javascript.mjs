// The JavaScript that a page ships before its first picture.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Where the build puts the back-ends' libraries (scripts/build-web.mjs), and where a host has onnxruntime-web. */
const LIBRARIES = ["page/library/", "onnxruntime-web/"];

/** What a browser takes a file for when it runs it. */
const RUNS = ["script", "worker", "sharedworker", "serviceworker"];

/**
 * Of what a page asked for, its programs, JavaScript and WebAssembly: bytes, bytes after gzip (level 9), and whether it is a back-end's
 * library. Files of the benchmark itself do not count.
 */
export function programsOf(asked) {
  const programs = asked.filter(
    ({ kind, path }) => (RUNS.includes(kind) || path.endsWith(".wasm")) && !path.startsWith("bench-"),
  );
  return [...new Map(programs.map(({ path, file }) => [path, file]))]
    .map(([path, file]) => {
      const content = readFileSync(file);
      const isLibrary = LIBRARIES.some((prefix) => path.startsWith(prefix)) || path.endsWith(".wasm");
      return { path, isLibrary, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
    })
    .toSorted((a, b) => Number(a.isLibrary) - Number(b.isLibrary) || b.gzipBytes - a.gzipBytes);
}

/** Bytes after gzip of all that is, or is not, a back-end's library. */
export function gzipBytesOf(programs, isLibrary) {
  return programs
    .filter((program) => program.isLibrary === isLibrary)
    .reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}
