// Bundles the command line from the compiled sources, and with it the packages that every command starts with: finding and reading hundreds of
// small files takes longer than most of what a command does before it reads a weight. `node scripts/build-cli.mjs DIST` reads DIST/src/cli
// and writes DIST/cli.
import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
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
 * What `convert` and `check` of a module start with, in one file: each file that Node finds, reads and compiles takes as long as ten thousand lines of it.
 * Commands that need a part of it load all.
 */
const STARTS_WITH = withImports(
  ["cli/commands/convert.js", "export/tfjs.js"].map((path) => resolve(dist, "src", path)),
);

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

await build({
  configFile: false,
  logLevel: "warn",
  plugins: [plainWidth, inPlace],
  ssr: { noExternal: PACKAGES },
  build: {
    ssr: resolve(dist, "src", "cli", "main.js"),
    outDir: out,
    emptyOutDir: true,
    target: "node20",
    minify: false,
    license: { fileName: "LICENSES.md" },
    rolldownOptions: {
      output: {
        entryFileNames: "main.js",
        chunkFileNames: "[name].js",
        codeSplitting: { groups: [{ name: "start", test: (id) => STARTS_WITH.has(id) || id.includes("protobufjs") }] },
      },
    },
  },
});
