import { readFile, stat } from "node:fs/promises";
import { FormatError, InterruptedError, throwIfAborted } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { parseNpz } from "./npz.js";

/** Node reads no larger file in one piece; inputs and references take a few hundred MB at most. */
const MAX_FILE_BYTES = 2 * 1024 ** 3 - 1;

/**
 * The tensors of a .npz file on disk. Throws a `FormatError` when it cannot be read or is not one.
 *
 * @example
 * const reference = await readNpz("biggan-mini.reference.npz");
 * const image = reference.get("image"); // { shape: [9, 32, 32, 3], data: Float32Array }
 */
export async function readNpz(path: string, options: ReadOptions = {}): Promise<ReadonlyMap<string, Tensor>> {
  throwIfAborted(options.signal);
  return parseNpz(path, await readWhole(path, options.signal));
}

async function readWhole(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    const status = await stat(path);
    if (!status.isFile())
      throw new FormatError({ file: path, field: "file" }, "a .npz file", "a folder or a device", {
        hint: "Name a file.",
      });
    if (status.size > MAX_FILE_BYTES) {
      throw new FormatError({ file: path, field: "size" }, `at most ${MAX_FILE_BYTES} bytes`, `${status.size}`, {
        hint: "Save fewer inputs in one file.",
      });
    }
    return await readFile(path, signal === undefined ? {} : { signal });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    if (signal?.aborted) throw new InterruptedError();
    const reason = cause instanceof Error ? cause.message : `${cause}`;
    throw new FormatError({ file: path, field: "file" }, "a readable .npz file", reason, {
      cause,
      hint: "Check the path.",
    });
  }
}
