import { fileURLToPath } from "node:url";

/** The scripts of this package that a browser loads: URL prefix to folder. */
export function pageFolders(): Record<string, string> {
  return {
    "page/": fileURLToPath(new URL("page/", import.meta.url)),
    "host/": fileURLToPath(new URL("../host/page/", import.meta.url)),
  };
}
