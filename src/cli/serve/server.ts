import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { isPortError, UsageError } from "../../core/errors.js";
import { MANIFEST_FILE } from "../../formats/description/description.js";
import { describeSystemError, systemErrorCode } from "../../io/system-error.js";
import { answer } from "./answer.js";
import { type ServedFolder, servedFolder } from "./served-files.js";

/** A server of one exported folder, on loopback. */
export interface PageServer extends AsyncDisposable {
  /** `http://127.0.0.1:8080/` */
  readonly address: string;
  readonly port: number;
  /** As it was when the server started. */
  readonly folder: ServedFolder;
}

/**
 * WebAssembly has threads in a page that is isolated from others: https://web.dev/articles/coop-coep
 * Files may be kept, but are asked for again each time, for the next export may lie in the same place.
 */
const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cache-control": "no-cache",
} as const;

/** Serves the folder, also after it has been exported again. Throws what {@link servedFolder} throws, and a UsageError for a port that cannot be had. */
export async function startPageServer(folder: string, port: number): Promise<PageServer> {
  const first = await servedFolder(folder);
  const current = refreshed(folder, first, await markOf(folder));
  const server = createServer((request, response) => {
    respond(request, response, current).catch(() => response.destroy());
  });
  const taken = await listen(server, port);
  return {
    address: `http://127.0.0.1:${taken}/`,
    port: taken,
    folder: first,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  current: () => Promise<ServedFolder>,
): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    refuse(response, 405, "only GET and HEAD are answered");
    return;
  }
  const path = pathOf(request.url ?? "/");
  try {
    const file = path === undefined ? undefined : (await current()).files.get(path === "" ? "index.html" : path);
    if (file === undefined) refuse(response, 404, "no such file in this export");
    else await answer(file, request, response);
  } catch (error) {
    if (response.headersSent) throw error;
    refuse(response, 404, isPortError(error) ? error.message : "this file cannot be read");
  }
}

/** Names are looked up as they are: a path that climbs is the name of no file. Undefined for what cannot be decoded. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, "").replace(/^\/+/, ""));
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);
}

/** Reads the manifest again when it is another file than before. */
function refreshed(folder: string, first: ServedFolder, mark: string): () => Promise<ServedFolder> {
  let known = { mark, folder: Promise.resolve(first) };
  return async () => {
    const now = await markOf(folder);
    if (known.mark !== now) {
      const again = servedFolder(folder);
      known = { mark: now, folder: again };
      // What failed is tried again with the next file that is asked for.
      again.catch(() => {
        known = { mark: "", folder: again };
      });
    }
    return await known.folder;
  };
}

/** Tells a manifest from the one that takes its place. */
async function markOf(folder: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(join(folder, MANIFEST_FILE));
  return `${ino} ${mtimeMs} ${size}`;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(noPort(port, error)));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("page server: no port"));
      else resolve(address.port);
    });
  });
}

function noPort(port: number, error: Error): Error {
  const code = systemErrorCode(error);
  const reason = code === "EADDRINUSE" ? "it is in use" : code === undefined ? undefined : describeSystemError(code);
  if (reason === undefined) return error;
  return new UsageError(`--port ${port}: cannot be listened on: ${reason}`, {
    hint: "Name another, or take any that is free: --port 0",
    cause: error,
  });
}
