import path from "node:path";
import { FormatError } from "../../core/errors.js";
import { type UnpackOptions, unpackTarGz } from "../../io/unpack-tar-gz.js";
import { VARIABLES } from "./hub-files.js";

const VARIABLES_INDEX = `${VARIABLES}/variables.index`;

const PARTS = /(^|\/)(saved_model\.pb|tfhub_module\.pb|variables\/variables\.(index|data-\d{5}-of-\d{5}))$/;

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
