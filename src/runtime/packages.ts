import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The entry file of an installed package, or of a package at a path; undefined where there is none. */
export function packageEntry(nameOrPath: string): string | undefined {
  try {
    return require.resolve(nameOrPath);
  } catch {
    return undefined;
  }
}

/** The folder of a package's entry file: the packages of tfjs keep their browser bundles there. */
export function packageFolder(name: string): string | undefined {
  const entry = packageEntry(name);
  return entry === undefined ? undefined : dirname(entry);
}

/** The version of the package that a file belongs to. */
export function packageVersion(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { name, version } = readManifest(folder);
    // No manifest, or one without a name (a folder's module type): the next folder up.
    if (typeof name === "string" && typeof version === "string") return version;
  }
  return undefined;
}

function readManifest(folder: string): { readonly name?: unknown; readonly version?: unknown } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
}
