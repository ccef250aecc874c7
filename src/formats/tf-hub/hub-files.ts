import { stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import { FormatError } from "../../core/errors.js";
import { openFile } from "../../io/file-source.js";
import { type UnpackOptions, unpackTarGz } from "../../io/unpack-tar-gz.js";

/** Where a module's parts are, in the format of tensorflow_hub 0.12's native modules. */
export const SAVED_MODEL = "saved_model.pb";
export const MODULE_DEF = "tfhub_module.pb";
export const VARIABLES = "variables";
const VARIABLES_INDEX = `${VARIABLES}/variables.index`;

const PARTS = /(^|\/)(saved_model\.pb|tfhub_module\.pb|variables\/variables\.(index|data-\d{5}-of-\d{5}))$/;

/** Enough to inflate the first header of an archive. */
const HEAD_BYTES = 4096;

/** "ustar" stands here in every POSIX and GNU tar header: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
const USTAR_OFFSET = 257;

export function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Whether a path is an unpacked module, or a gzipped tar archive such as modules come in: told by the content, not by the name. */
export async function isHubModule(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) {
    return (await isFile(path.join(file, VARIABLES_INDEX))) || (await isFile(path.join(file, SAVED_MODEL)));
  }
  if (!found?.isFile()) return false;
  await using source = await openFile(file);
  const head = await source.slice(0, Math.min(HEAD_BYTES, source.byteLength));
  if (head[0] !== 0x1f || head[1] !== 0x8b) return false;
  return (
    new TextDecoder("latin1").decode((await inflateHead(head)).subarray(USTAR_OFFSET, USTAR_OFFSET + 5)) === "ustar"
  );
}

/** What can be inflated from the beginning of a gzip stream (4096 bytes give at most 4 MiB); nothing when it is damaged. */
async function inflateHead(head: Uint8Array): Promise<Uint8Array> {
  return await promisify(gunzip)(head, { finishFlush: constants.Z_SYNC_FLUSH }).catch(() => new Uint8Array());
}

/** Unpacks the parts of a module and nothing else; gives the folder that they are in, which may be a folder of the archive. */
export async function unpackHubModule(
  archive: string,
  into: string,
  options: Pick<UnpackOptions, "signal" | "onProgress">,
): Promise<string> {
  const names = await unpackTarGz(archive, into, { ...options, accept: (name) => PARTS.test(name) });
  const folders = new Set(names.map((name) => name.replace(PARTS, "")));
  const [folder] = folders;
  if (folder === undefined || folders.size > 1) {
    const found = folder === undefined ? "none" : `${folders.size}, in ${[...folders].join(", ")}`;
    throw new FormatError({ file: archive, field: "archive" }, `one TF Hub module (${VARIABLES_INDEX})`, found, {
      hint: "Give the archive as TF Hub served it.",
    });
  }
  return path.join(into, ...folder.split("/"));
}
