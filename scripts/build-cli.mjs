// Bundles the command line from the compiled sources: finding and reading two hundred small files takes longer than most of what a
// command does before it reads a weight. `node scripts/build-cli.mjs DIST` reads DIST/src/cli and writes DIST/cli.
import { relative, resolve, sep } from "node:path";
import { build } from "vite";

const [dist = "dist"] = process.argv.slice(2);
const out = resolve(dist, "cli");

/** What a module finds beside itself (scripts of threads and processes, pages, package.json) stays where it is. */
const inPlace = {
  name: "in-place",
  transform(code, id) {
    if (!code.includes("import.meta.url")) return undefined;
    const place = JSON.stringify(relative(out, id).split(sep).join("/"));
    return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
  },
};

await build({
  configFile: false,
  logLevel: "warn",
  plugins: [inPlace],
  build: {
    ssr: resolve(dist, "src", "cli", "main.js"),
    outDir: out,
    emptyOutDir: true,
    target: "node20",
    minify: false,
    rolldownOptions: { output: { entryFileNames: "main.js", chunkFileNames: "[name].js" } },
  },
});
