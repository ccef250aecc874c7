// Bundles what browsers load, from the compiled sources: the demo page with its service worker, and `page/web.js`, the library
// for pages without a bundler. `node scripts/build-web.mjs DIST` reads DIST/src/web and writes DIST/web.
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { build } from "vite";
import { writePrecacheList } from "./precache-list.mjs";
import { webAliases } from "./web-aliases.mjs";

const [dist = "dist"] = process.argv.slice(2);
const web = resolve(dist, "src", "web");

/** Names that others rely on have no hash: the library entry, and the service worker, whose scope is its folder. */
const STABLE = { web: "page/web.js", sw: "sw.js" };

/** A chunk of a back-end's library and nothing else. */
function isLibrary({ moduleIds }) {
  const ofPackage = (id) => id.includes("/node_modules/") || id.startsWith("\0") || id === "__vite-browser-external";
  return moduleIds.some((id) => id.includes("/@tensorflow/")) && moduleIds.every(ofPackage);
}

const chunks = {
  // What a page ships of its own is told from the libraries by the folder: scripts/bench-web measures it.
  chunkFileNames: (chunk) => `page/${isLibrary(chunk) ? "library/" : ""}[name]-[hash].js`,
  assetFileNames: "page/[name]-[hash][extname]",
};

/** The worker takes the page's own chunks: Vite would build everything a second time for it. */
const sharedWorker = {
  name: "shared-worker",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/client/start-worker.js")) return undefined;
    const chunk = this.emitFile({ type: "chunk", id: join(web, "worker", "worker.js"), name: "worker" });
    return code.replaceAll(
      'new URL("../worker/worker.js", import.meta.url)',
      `new URL(import.meta.ROLLUP_FILE_URL_${chunk})`,
    );
  },
};

/**
 * tfjs starts its threads from the text of a function, whose one free variable the minifier renames: they would end at once, all of them.
 * https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-backend-wasm/src/backend_wasm.ts
 */
const threadsOfTfjs = {
  name: "threads-of-tfjs",
  transform(code, id) {
    if (!id.endsWith("/tfjs-backend-wasm-threaded-simd.js")) return undefined;
    const begin = "function(WasmBackendModuleThreadedSimd) {";
    if (!code.includes(begin)) throw new Error(`${id}: expected ${begin}, found none`);
    return code.replace(begin, `${begin} var _scriptDir;`);
  },
};

/** Of packages that say in their own package.json (`browser`) that they do without Node: tfjs, and its random numbers. */
const DO_WITHOUT_NODE = /\/node_modules\/(?:@tensorflow|seedrandom)\//;

/** Vite puts an empty module in the place of one that only Node has: not by accident. */
const nothingOfNode = {
  name: "nothing-of-node",
  enforce: "pre",
  resolveId(source, importer = "") {
    if (!isBuiltin(source) || DO_WITHOUT_NODE.test(importer)) return;
    throw new Error(`${importer}: expected code for browsers, found an import of Node's ${source}: alias it`);
  },
};

await build({
  configFile: false,
  root: join(web, "page"),
  // An export may lie in any folder of any site.
  base: "./",
  logLevel: "warn",
  plugins: [sharedWorker, threadsOfTfjs, nothingOfNode],
  resolve: { alias: webAliases(join(web, "platform")) },
  worker: {
    format: "es",
    rolldownOptions: { output: { ...chunks, entryFileNames: "page/[name]-[hash].js" } },
  },
  build: {
    outDir: resolve(dist, "web"),
    emptyOutDir: true,
    target: "es2022",
    // Its helper needs a document, which workers have not.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: { index: join(web, "page", "index.html"), web: join(web, "index.js"), sw: join(web, "service-worker.js") },
      preserveEntrySignatures: "exports-only",
      output: { ...chunks, entryFileNames: ({ name }) => STABLE[name] ?? "page/[name]-[hash].js" },
    },
  },
});

writePrecacheList(resolve(dist, "web"));
