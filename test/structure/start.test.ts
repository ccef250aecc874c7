import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const CLI = fileURLToPath(new URL("../../src/cli", import.meta.url));

/** The packages that are loaded with a file, whatever is asked for. Types and what is imported when it is wanted do not count. */
function packagesOf(file: string, seen = new Set<string>(), packages = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export) (?!type )(?:[^;"]* from )?"([^"]+)"/gm,
  )) {
    const ours = specifier.startsWith(".");
    const path = join(dirname(file), specifier);
    const source = path.replace(/\.js$/, ".ts");
    // Generated code is JavaScript.
    if (ours) packagesOf(existsSync(source) ? source : path, seen, packages);
    else if (!specifier.startsWith("node:")) packages.add(specifier.replace(/^((?:@[^/]+\/)?[^/]+).*/, "$1"));
  }
  return packages;
}

it.each(["check", "convert"])("%s of a module starts with few packages", (command) => {
  const packages = new Set(["main", `commands/${command}`].flatMap((name) => [...packagesOf(join(CLI, `${name}.ts`))]));
  // zod alone would be a hundred files.
  expect([...packages].sort()).toEqual(["@petamoriken/float16", "protobufjs", "pure-rand", "yargs"]);
});
