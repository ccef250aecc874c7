import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/** A script that has run. */
export interface CachedScript {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Whether V8 took what it had compiled before. */
  readonly isFromCache: boolean;
  /** What V8 has compiled of it by now: the functions that have been called. */
  compiled(): Uint8Array;
}

/**
 * Runs a CommonJS script with the code that V8 has made of it before, if there is any: reading JavaScript anew was a tenth of the time of a conversion.
 * V8 refuses code of another version or with other flags, and then reads the script. That is ASCII, `(function (exports, require, __filename, load) { … })`;
 * `load` is what it has instead of `import`.
 */
export function runCached(file: URL, load: (specifier: string) => Promise<unknown>): CachedScript {
  const source = readFileSync(file, "latin1");
  const filename = fileURLToPath(file);
  const cachedData = bytesOf(cacheOf(file));
  const script = new Script(source, cachedData === undefined ? { filename } : { filename, cachedData });
  const exports = {};
  script.runInThisContext()(exports, createRequire(file), filename, load);
  return {
    exports,
    isFromCache: script.cachedDataRejected === false,
    compiled: () => script.createCachedData(),
  };
}

/** Where the compiled code of a script lies. */
export function cacheOf(file: URL): URL {
  return new URL(file.href.replace(/\.cjs$/, ".v8"));
}

function bytesOf(file: URL): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
