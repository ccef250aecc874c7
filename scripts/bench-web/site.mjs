// A host on loopback that writes down what it was asked for, which no finished server does.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** With these a browser gives a page shared memory, and so threads: https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** What a worker believes of the machine. */
const believe = (cores) => `Object.defineProperty(navigator, "hardwareConcurrency", { value: ${cores} });\n`;

/** Names with a hash of their content never change. */
const HASHED = /^\/page\/.*-[\w-]{8}\.\w+$/;

/**
 * Serves a folder, and others below a prefix (`/onnxruntime-web/`), with the headers that a good host sends. `cores`: how many the workers of the
 * page are told there are. `stalls`: files whose path ends so come slowly, and stop after this share of them (`{ ".bin": 0.5 }`). `taken` gives what was asked for since it was last called: path, file, what the browser took it for (`script`,
 * `worker`, …), bytes.
 */
export async function openSite(folder, { isolated = false, cores, folders = {}, stalls = {} } = {}) {
  let asked = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
    const prefix = Object.keys(folders).find((one) => path.startsWith(one));
    const inside = prefix === undefined ? path : path.slice(prefix.length);
    const file = join(folders[prefix] ?? folder, inside.endsWith("/") ? `${inside}index.html` : inside);
    const bytes = statSync(file, { throwIfNoEntry: false })?.size;
    if (bytes === undefined) return response.writeHead(404).end();
    const kind = request.headers["sec-fetch-dest"] ?? "";
    asked.push({ path: path.slice(1), file, kind, bytes });
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cache-control": HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      ...(isolated && ISOLATION),
    });
    const stall = Object.keys(stalls).find((suffix) => path.endsWith(suffix));
    if (stall !== undefined) void trickle(response, readFileSync(file).subarray(0, bytes * stalls[stall]));
    else if (kind === "worker" && cores !== undefined) response.end(believe(cores) + readFileSync(file, "utf8"));
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    taken() {
      const taken = asked;
      asked = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Slow enough for a rate to be measured. */
async function trickle(response, content) {
  const piece = Math.ceil(content.length / 20);
  for (let at = 0; at < content.length; at += piece) {
    response.write(content.subarray(at, at + piece));
    await setTimeout(100);
  }
}
