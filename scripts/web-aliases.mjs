// What the readers import of Node, replaced in the browser's bundle by small modules of our own: src/web/platform, compiled or not.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Its package names no way to its halves. */
const tarStream = dirname(createRequire(import.meta.url).resolve("tar-stream"));

/** Of Node. */
const BUILT_IN = ["fs", "fs/promises", "module", "os", "path", "process", "timers/promises", "zlib"];

/** Of ours, by the name of their file. */
const OWN = ["gzip-inflater", "start-hdf5-worker"];

/** For Vite's `resolve.alias`; `platform` is the folder of the modules. */
export function webAliases(platform) {
  const builtIn = BUILT_IN.map((name) => ({
    find: new RegExp(`^node:${name}$`),
    replacement: join(platform, `node-${name.replace("/", "-")}.js`),
  }));
  const own = OWN.map((name) => ({
    find: new RegExp(`^\\.{1,2}/(?:.*/)?${name}\\.js$`),
    replacement: join(platform, `${name}.js`),
  }));
  return [
    { find: /^node:buffer$/, replacement: "buffer/" },
    // What tar-stream is built on.
    { find: /^events$/, replacement: "events/" },
    { find: /^tar-stream$/, replacement: join(platform, "tar-stream.js") },
    { find: /^tar-stream\/extract$/, replacement: join(tarStream, "extract.js") },
    ...builtIn,
    ...own,
  ];
}
