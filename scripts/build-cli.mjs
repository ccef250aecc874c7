// Bundles the command line from the compiled sources, and with it the packages that every command starts with: finding and reading hundreds of
// small files takes longer than most of what a command does before it reads a weight. What `check` and `convert` of a module start with becomes a
// script, beside what V8 has compiled of it. `node scripts/build-cli.mjs DIST` reads DIST/src/cli and writes DIST/cli.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const [dist = "dist"] = process.argv.slice(2);
const out = resolve(dist, "cli");

/** Those that `check` and `convert` of a module load (test/structure/start.test.ts), and what they are made of. */
const PACKAGES = [
  ...["@petamoriken/float16", "protobufjs", /^@protobufjs\//, "long", "pure-rand"],
  ...["yargs", "yargs-parser", "cliui", "escalade", "get-caller-file", "y18n", "strip-ansi", "wrap-ansi"],
  ...["ansi-regex", "ansi-styles"],
];

/**
 * yargs renders the help of every command that it runs. Ours is in letters of one column each; `string-width` knows those of two, and for that makes an
 * expression of all emoji, which takes longer than everything else that yargs does.
 */
const plainWidth = {
  name: "plain-width",
  enforce: "pre",
  resolveId: (id) => (id === "string-width" ? "\0string-width" : undefined),
  load: (id) => (id === "\0string-width" ? "export default (text) => text.length;" : undefined),
};

/** What a module finds beside itself (scripts of threads and processes, pages, package.json) stays where it is. */
const inPlace = {
  name: "in-place",
  transform(code, id) {
    if (!code.includes("import.meta.url") || id.includes("node_modules")) return undefined;
    const place = JSON.stringify(relative(out, id).split(sep).join("/"));
    return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
  },
};

/**
 * What `check` and `convert` of a module start with, in one file: each file that Node finds, reads and compiles takes as long as ten thousand lines of it.
 * Commands that need a part of it load all.
 */
const START = ["cli/main.js", "cli/commands/check.js", "cli/commands/convert.js", "export/tfjs.js"];
const STARTS_WITH = withImports(START.map((path) => resolve(dist, "src", path)));

/** Compiled files and those that they import, but for what they load when it is wanted. */
function withImports(files) {
  const found = new Set(files);
  for (const file of found) {
    for (const [, path] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^"']*?\bfrom "(\.[^"]+)"/gm)) {
      found.add(resolve(file, "..", path));
    }
  }
  return found;
}

const SETTINGS = { configFile: false, logLevel: "warn" };
const TARGET = { outDir: out, target: "node20", minify: false };

/** The command line in chunks; `main.js` is what everything starts with. */
async function bundle() {
  await build({
    ...SETTINGS,
    plugins: [plainWidth, inPlace],
    ssr: { noExternal: PACKAGES },
    // yargs has it for settings in files that extend others: there are none.
    define: { "import.meta.resolve": "undefined" },
    build: {
      ...TARGET,
      ssr: resolve(dist, "src", "cli", "main.js"),
      emptyOutDir: true,
      license: { fileName: "LICENSES.md" },
      rolldownOptions: {
        checks: { ineffectiveDynamicImport: false },
        output: {
          entryFileNames: "main.js",
          chunkFileNames: "[name].js",
          codeSplitting: {
            groups: [{ name: "main", test: (id) => STARTS_WITH.has(id) || id.includes("node_modules") }],
          },
        },
      },
    },
  });
}

/**
 * Turns `main.js` into a script, as V8 keeps what it has compiled of scripts only: what `src/cli/cached-script.ts` runs. It is ASCII, whose characters V8
 * takes as they are, and has no `import`. Gives the names that it exports.
 */
async function toScript() {
  const { output } = await build({
    ...SETTINGS,
    build: {
      ...TARGET,
      ssr: join(out, "main.js"),
      write: false,
      rolldownOptions: { external: /^\.\//, output: { format: "cjs" } },
    },
  });
  const [{ code, exports }] = output;
  const body = code
    .replaceAll(/\bimport\(/g, "load(")
    .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  writeFileSync(join(out, "main.cjs"), `(function (exports, require, __filename, load) {${body}\n})`);
  return exports;
}

/** `main.js` as the others know it. */
function writeExports(names) {
  const code = `// The exports of main.cjs.
import { runCached } from "../src/cli/cached-script.js";
export const script = runCached(new URL("main.cjs", import.meta.url), (specifier) => import(specifier));
const { ${names.map((name, at) => `${name}: _${at}`).join(", ")} } = script.exports;
export { ${names.map((name, at) => `_${at} as ${name}`).join(", ")} };
`;
  writeFileSync(join(out, "main.js"), code);
}

/** Has the commands run once, and keeps what V8 has compiled for them. */
function compile() {
  const program = fileURLToPath(new URL("compile-cli.mjs", import.meta.url));
  const { status } = spawnSync(process.execPath, [program, out], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}

await bundle();
writeExports(await toScript());
compile();
