// Ports what the page sends, and answers with what can be compared: hashes of all weights, facts, progress, or the words of a refusal.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { isPortError } from "../../../src/core/errors.js";
import type { DroppedFile } from "../../../src/web/port/dropped-file.js";
import type { PortedModel } from "../../../src/web/port/ported-model.js";
import type { PortAnswer, PortProgress } from "./port-answer.js";

export interface PortTask {
  readonly files: readonly DroppedFile[];
  /** Aborts when this step has told so many bytes. */
  readonly abortAt?: { readonly step: string; readonly bytes: number } | undefined;
  /** As in a browser that keeps no files. */
  readonly withoutDisk?: boolean | undefined;
}

async function weightsOf({ tfjs }: PortedModel) {
  const hash = sha256.create();
  const lengths: number[] = [];
  const reader = tfjs.weightStream().getReader();
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    hash.update(new Uint8Array(value ?? new ArrayBuffer()));
    lengths.push(value?.byteLength ?? 0);
  }
  return { sha256: bytesToHex(hash.digest()), lengths };
}

async function answerTo({ files, abortAt, withoutDisk }: PortTask): Promise<PortAnswer> {
  if (withoutDisk) Object.defineProperty(navigator.storage, "getDirectory", { value: undefined });
  const { portFiles } = await import("../../../src/web/port/port-files.js");
  const abort = new AbortController();
  const progress: PortProgress[] = [];
  const start = performance.now();
  try {
    await using ported = await portFiles(files, {
      signal: abort.signal,
      onProgress({ step, bytes, total }) {
        progress.push({ step, bytes, total });
        if (step === abortAt?.step && bytes >= abortAt.bytes) abort.abort();
      },
    });
    const milliseconds = performance.now() - start;
    const { facts, goldens, mapped, sourceTensors, tfjs } = ported;
    const { modelTopology, signature, weightSpecs } = tfjs;
    const weights = await weightsOf(ported);
    const model = JSON.stringify({ modelTopology, signature, weightSpecs });
    return { facts, goldens, mapped, sourceTensors, weights, model, progress, milliseconds };
  } catch (error) {
    if (isPortError(error)) return { refused: { code: error.code, message: error.message, hint: error.hint } };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

addEventListener("message", async ({ data }: MessageEvent<PortTask>) => postMessage(await answerTo(data)));
