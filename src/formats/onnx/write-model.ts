import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { throwIfAborted } from "../../core/errors.js";
import type { WrittenFile } from "../../core/written-file.js";
import { frameModel, type Part, size } from "./frame-model.js";
import { type OnnxModel, type OnnxTensor, tensorBytes } from "./model.js";

/** A protocol buffer ends at 2 GiB, and readers that load it whole need it twice: https://protobuf.dev/programming-guides/proto-limits/ */
const EXTERNAL_ABOVE = 1024 ** 3;

export interface WriteOnnxOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of tensors written so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called when a file is complete. */
  readonly onFile?: (file: WrittenFile) => void;
  /** Tensors of more bytes than this in all go to a file of their own. */
  readonly externalAbove?: number;
  readonly fileName?: string;
  /** The tensors' own file: by default the model's with `.data` after it. */
  readonly dataName?: string;
  /** The tensors' own file is there already, written for a model with the same tensors. */
  readonly dataWritten?: boolean;
}

/** The little-endian bytes of a tensor in order; a piece is used before the next is asked for. */
export type BytesOf = (tensor: OnnxTensor) => AsyncIterable<Uint8Array>;

/**
 * Writes a model into a folder, tensors as they come. The model's file is written last, so a folder that was given up loads nowhere.
 * The same model gives the same bytes.
 * @returns the files, the tensors' own first.
 */
export async function writeOnnxModel(
  model: OnnxModel,
  bytesOf: BytesOf,
  folder: string,
  options: WriteOnnxOptions = {},
): Promise<WrittenFile[]> {
  const { signal, onProgress, onFile, externalAbove = EXTERNAL_ABOVE, fileName = "model.onnx" } = options;
  const { dataName = `${fileName}.data`, dataWritten = false } = options;
  const total = model.tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
  const framed = frameModel(model, total > externalAbove ? dataName : undefined);
  let done = 0;

  async function* content(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      throwIfAborted(signal);
      if ("bytes" in part) yield part.bytes;
      else {
        const before = done;
        for await (const piece of bytesOf(part.tensor)) {
          throwIfAborted(signal);
          yield piece;
          done += piece.byteLength;
          onProgress?.(done, total);
        }
        const expected = tensorBytes(part.tensor);
        if (done - before !== expected) {
          throw new Error(`onnx: ${part.tensor.name}: expected ${expected} bytes, found ${done - before}`);
        }
      }
    }
  }

  await mkdir(folder, { recursive: true });
  const files: WrittenFile[] = [];
  const data = dataWritten ? undefined : framed.data;
  for (const [path, parts] of [
    [dataName, data],
    [fileName, framed.model],
  ] as const) {
    if (parts === undefined) continue;
    const file = await writeParts(folder, path, size(parts), content(parts));
    files.push(file);
    onFile?.(file);
  }
  return files;
}

/** Small pieces are gathered: a model has thousands of parts of a few bytes. */
const GATHER_BYTES = 1024 * 1024;

async function writeParts(
  folder: string,
  path: string,
  bytes: number,
  content: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const hash = createHash("sha256");
  const handle = await open(join(folder, path), "w");
  const memory = new Uint8Array(Math.min(GATHER_BYTES, bytes));
  let gathered = 0;
  const put = async (piece: Uint8Array): Promise<void> => {
    hash.update(piece);
    // One write may take less than it is given.
    for (let at = 0; at < piece.byteLength; ) at += (await handle.write(piece, at)).bytesWritten;
  };
  try {
    for await (const piece of content) {
      if (gathered + piece.byteLength > memory.byteLength) {
        await put(memory.subarray(0, gathered));
        gathered = 0;
      }
      if (piece.byteLength > memory.byteLength) await put(piece);
      else {
        memory.set(piece, gathered);
        gathered += piece.byteLength;
      }
    }
    await put(memory.subarray(0, gathered));
  } finally {
    await handle.close();
  }
  return { path, bytes, sha256: hash.digest("hex") };
}
