import { fileURLToPath } from "node:url";
import { build } from "vite";
import { webAliases } from "../../scripts/web-aliases.mjs";

/** Bundles a page's script, and the workers it starts, as the project's own page is bundled. `page.js` is the script. */
export async function bundlePage(entry: string, folder: string): Promise<void> {
  const platform = fileURLToPath(new URL("../../src/web/platform", import.meta.url));
  await build({
    configFile: false,
    base: "./",
    logLevel: "error",
    resolve: { alias: webAliases(platform) },
    worker: { format: "es" },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      minify: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: entry, output: { entryFileNames: "page.js" } },
    },
  });
}
