// Tells the service worker of a built page which files to keep, with a hash over all of them: any change makes another service worker.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Larger files serve few visitors (a reader of one format): they are kept when they have been used. */
const MAX_KEPT_AT_ONCE = 600_000;

const PLACE = "__PRECACHE_LIST__";

/** Writes the list into `sw.js` of a web build. */
export function writePrecacheList(folder) {
  const hash = createHash("sha256");
  const [atOnce, later] = [[], []];
  for (const path of pathsUnder(folder)) {
    const bytes = readFileSync(join(folder, path));
    hash.update(path).update("\0").update(bytes);
    if (bytes.length > MAX_KEPT_AT_ONCE) later.push(path);
    else atOnce.push(path);
  }
  const list = JSON.stringify({ version: hash.digest("hex").slice(0, 16), atOnce, later });
  const worker = join(folder, "sw.js");
  const script = readFileSync(worker, "utf8");
  if (!script.includes(PLACE)) throw new Error(`${worker}: expected the place for the list of files, found none`);
  // The place is inside a string.
  const inString = JSON.stringify(list).slice(1, -1);
  writeFileSync(
    worker,
    script.replace(PLACE, () => inString),
  );
}

/** All files but the service worker, sorted, with slashes. */
function pathsUnder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
  return paths
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path !== "sw.js" && !path.endsWith(".map"))
    .sort();
}
