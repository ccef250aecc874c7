import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/** A script that has run. */
export interface CachedScript {
  readonly exports: Readonly<Record<string, unknown>>;
  /** Whether V8 took what it had compiled before. */
  readonly isFromCache: boolean;
  /** Keeps for the next time, beside the script, what V8 has compiled by now: the functions that have been called. */
  keep(): void;
}

/** A cache begins with the SHA-256 of the script and of what V8 has compiled of it: V8 runs whatever it is given, and looks at lengths only. */
const DIGEST_BYTES = 32;

/**
 * Runs a CommonJS script with the code that V8 has made of it before, if there is any: reading JavaScript anew was a tenth of the time of a conversion.
 * V8 refuses code of another version or with other flags, and then reads the script. That is ASCII, `(function (exports, require, __filename, load) { … })`;
 * `load` is what it has instead of `import`.
 */
export function runCached(file: URL, load: (specifier: string) => Promise<unknown>): CachedScript {
  const source = readFileSync(file);
  const filename = fileURLToPath(file);
  const cachedData = compiledBefore(file, source);
  const script = new Script(
    source.toString("latin1"),
    cachedData === undefined ? { filename } : { filename, cachedData },
  );
  const exports = {};
  script.runInThisContext()(exports, createRequire(file), filename, load);
  return {
    exports,
    isFromCache: script.cachedDataRejected === false,
    keep() {
      const compiled = script.createCachedData();
      // Read again: the program would hold a million bytes that only its build has a use for.
      writeFileSync(cacheOf(file), Buffer.concat([digestOf(readFileSync(file), compiled), compiled]));
    },
  };
}

/** Where the compiled code of a script lies. */
function cacheOf(file: URL): URL {
  return new URL(file.href.replace(/\.cjs$/, ".v8"));
}

function compiledBefore(file: URL, source: Buffer): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(cacheOf(file));
  } catch {
    return undefined;
  }
  const compiled = bytes.subarray(DIGEST_BYTES);
  return digestOf(source, compiled).equals(bytes.subarray(0, DIGEST_BYTES)) ? compiled : undefined;
}

function digestOf(source: Buffer, compiled: Buffer): Buffer {
  return createHash("sha256").update(source).update(compiled).digest();
}
