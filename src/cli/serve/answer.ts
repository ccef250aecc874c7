import { open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { contentType } from "../../runtime/host/serve-files.js";
import { byteRange } from "./byte-range.js";
import type { ServedFile } from "./served-files.js";

/** Sends a file, or the range of it that is asked for, or nothing where the browser has it already. */
export async function answer(
  { file, listed }: ServedFile,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await using handle = await open(file);
  const { size, mtimeMs } = await handle.stat();
  // Of a file that has changed since it was listed, the hash is another's.
  const tag = listed?.bytes === size ? `"${listed.sha256}"` : `W/"${size.toString(36)}-${mtimeMs.toString(36)}"`;
  response.setHeader("etag", tag);
  if (matches(headers["if-none-match"], tag)) {
    response.writeHead(304).end();
    return;
  }
  const fresh = headers["if-range"] === undefined || headers["if-range"] === tag;
  const range = method === "GET" && fresh ? byteRange(headers.range, size) : undefined;
  if (range === "none") {
    response.writeHead(416, { "content-range": `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    "content-type": contentType(file),
    "content-length": end - start + 1,
    "accept-ranges": "bytes",
    ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end}/${size}` }),
  });
  if (method === "HEAD" || size === 0) response.end();
  else await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2: weak and strong tags compare alike here. */
function matches(header: string | undefined, tag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^W\//, "");
  return (header ?? "").split(",").some((each) => each.trim() === "*" || bare(each) === bare(tag));
}
