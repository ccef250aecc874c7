import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Each folder may import from itself and from those named here, and from nothing else of ours (ARCHITECTURE.md). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  io: ["core"],
  formats: ["core", "io"],
  graph: ["core"],
  models: ["core", "graph"],
  passes: ["core", "graph", "runtime"],
  mappings: ["mapping"],
  mapping: ["core", "io", "formats", "graph", "models", "passes", "storage", "mappings"],
  storage: ["core", "graph"],
  lowering: ["core", "formats", "graph", "storage"],
  runtime: ["core", "io", "formats", "graph", "storage", "lowering", "export"],
  sampling: ["core", "io", "formats"],
  parity: ["core", "io", "formats", "graph", "models", "mapping", "lowering", "runtime", "sampling"],
  naming: ["core", "formats", "models", "graph", "mapping", "storage", "runtime", "export"],
  spectra: ["core", "graph", "mapping", "runtime"],
  compare: ["core", "graph", "models", "passes", "mapping", "storage", "runtime"],
  precision: ["core", "graph", "storage", "runtime", "sampling", "parity", "lowering"],
  export: [
    ...["core", "io", "formats", "graph", "models", "passes", "mapping", "storage", "lowering", "runtime", "sampling"],
    ...["parity", "precision"],
  ],
  generator: ["core", "graph", "mapping", "runtime", "sampling"],
  cli: [
    ...["core", "io", "formats", "graph", "models", "passes", "mapping", "storage", "lowering", "runtime", "sampling"],
    ...["parity", "precision", "export", "compare", "spectra", "naming"],
  ],
  web: [
    ...["core", "io", "formats", "graph", "models", "passes", "mapping", "storage", "lowering", "runtime", "sampling"],
    ...["parity", "export"],
  ],
};

async function sources(): Promise<string[]> {
  const under = async (folder: string) =>
    (await readdir(join(ROOT, folder), { recursive: true })).map((path) => join(folder, path));
  return [...(await under("src")), ...(await under("mappings"))].filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".d.ts"),
  );
}

/** `src/core/errors.ts` -> `core`; files at the top of src/ belong to no folder and may import anything. */
function folderOf(path: string): string | undefined {
  const [top = "", next = ""] = path.split("/");
  return top === "mappings" ? top : next.endsWith(".ts") ? undefined : next;
}

it("imports go one way", async () => {
  const wrong: string[] = [];
  for (const path of await sources()) {
    const from = folderOf(path);
    const text = await readFile(join(ROOT, path), "utf8");
    for (const [, specifier = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const target = folderOf(relative(ROOT, join(ROOT, dirname(path), specifier)).replace(/\.js$/, ".ts"));
      if (from === undefined || target === undefined || target === from) continue;
      if (!MAY_IMPORT[from]?.includes(target)) wrong.push(`${path} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("files stay short", async () => {
  const long: string[] = [];
  for (const path of await sources()) {
    const lines = (await readFile(join(ROOT, path), "utf8")).split("\n").length;
    if (lines > 301) long.push(`${path}: ${lines} lines`);
  }
  expect(long).toEqual([]);
});
