import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** What a browser is told that a file holds. */
export function contentType(file: string): string {
  return TYPES[extname(file)] ?? "application/octet-stream";
}

/** Sends the file `path` (as in a URL) below one of the folders, each served below a prefix (`model/`); 404 where there is none. */
export async function serveFile(
  path: string,
  folders: Readonly<Record<string, string>>,
  response: ServerResponse,
): Promise<void> {
  const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
  const folder = prefix === undefined ? undefined : folders[prefix];
  if (prefix === undefined || folder === undefined) {
    response.writeHead(404).end();
    return;
  }
  // A path made absolute first cannot climb out of the folder.
  const file = join(folder, normalize(`/${path.slice(prefix.length)}`));
  const status = await stat(file).catch(() => undefined);
  if (!status?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("content-type", contentType(file));
  response.setHeader("content-length", status.size);
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}
