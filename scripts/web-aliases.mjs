// What the readers import of Node, replaced in the browser's bundle by small modules of our own: src/web/platform, compiled or not.
import { join } from "node:path";

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
    ...builtIn,
    ...own,
  ];
}
