import { UsageError } from "../../core/errors.js";
import { openExport } from "../download/open-export.js";
import type { DroppedFile } from "../port/dropped-file.js";
import type { LoadProgress, WebBackend, WebFormat, WebGenerator } from "../types.js";
import { publicError } from "../web-error.js";
import { createArtist } from "./artist.js";
import { chooseBackend } from "./choose-backend.js";
import type { ModelSource } from "./model-source.js";
import { BACKENDS } from "./open-engine.js";

/** Where a model comes from: the absolute address of a manifest, or dropped files. */
export type Origin = { readonly manifest: string } | { readonly files: readonly DroppedFile[] };

/** Those of the options that can be sent to a worker. */
export interface OpenOptions {
  readonly backends?: readonly WebBackend[] | undefined;
  readonly format?: WebFormat | undefined;
  /** An absolute address. */
  readonly onnxruntime?: string | undefined;
  readonly cache?: boolean | undefined;
  readonly selfTest?: boolean | undefined;
}

export interface OpenEvents {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onNotice: (words: string) => void;
}

/** Loads, tests and warms up a generator in this thread. Throws as {@link publicError} has it. */
export async function openGenerator(origin: Origin, options: OpenOptions, events: OpenEvents): Promise<WebGenerator> {
  // Whatever ends the work, also an error elsewhere, stops the downloads.
  const ending = new AbortController();
  const signal = AbortSignal.any([events.signal, ending.signal]);
  const onProgress = downloadFirst(events.onProgress);
  let source: ModelSource | undefined;
  try {
    source = await openSource(origin, options, { ...events, onProgress, signal });
    const backends = backendsOf(source.facts.format, options.backends);
    const choices = {
      backends,
      hardwareFirst: options.backends === undefined,
      selfTest: options.selfTest !== false,
    };
    const chosen = await chooseBackend(source, { ...choices, onProgress, signal });
    return createArtist(source, chosen, { ...choices, onNotice: events.onNotice });
  } catch (error) {
    ending.abort();
    await source?.[Symbol.asyncDispose]();
    events.signal.throwIfAborted();
    throw publicError(error);
  }
}

async function openSource(origin: Origin, options: OpenOptions, events: OpenEvents): Promise<ModelSource> {
  const { format, cache = true, onnxruntime } = options;
  if ("manifest" in origin) {
    return await openExport(new URL(origin.manifest), { format, cache, onnxruntime, ...events });
  }
  if (format === "onnx") throw new UsageError("format: expected tfjs for a dropped model, found onnx");
  const { openPorted } = await import("./open-ported.js");
  return await openPorted(origin.files, events);
}

function backendsOf(format: WebFormat, wanted: readonly WebBackend[] | undefined): readonly WebBackend[] {
  const able = BACKENDS[format];
  const backends = [...new Set(wanted ?? able)].filter((backend) => able.includes(backend));
  if (backends.length > 0) return backends;
  throw new UsageError(
    `backends: expected some of ${able.join(", ")} for ${format}, found ${wanted?.join(", ") || "none"}`,
  );
}

/** An engine starts while files are still on their way: what it does is told when they are there, for the page shows one stage after the other. */
function downloadFirst(report: OpenEvents["onProgress"]): OpenEvents["onProgress"] {
  let isLoading = false;
  let held: LoadProgress | undefined;
  return (progress) => {
    if (progress.stage !== "download") {
      if (isLoading) held = progress;
      else report(progress);
      return;
    }
    report(progress);
    isLoading = progress.bytes < progress.total;
    if (isLoading || held === undefined) return;
    report(held);
    held = undefined;
  };
}
