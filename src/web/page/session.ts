import {
  type LoadOptions,
  type LoadProgress,
  loadGenerator,
  portModel,
  type WebBackend,
  type WebGenerator,
} from "../index.js";
import { isAbort } from "./words.js";

/** Where a model comes from: this site, or the visitor's own files. */
export type Origin =
  | { readonly kind: "hosted"; readonly manifest: string }
  | { readonly kind: "dropped"; readonly files: readonly File[]; readonly name: string };

/** What has become of the model that is wanted. */
export type Phase =
  | { readonly kind: "loading"; readonly origin: Origin; readonly progress: LoadProgress | undefined }
  | { readonly kind: "ready"; readonly origin: Origin; readonly generator: WebGenerator }
  | { readonly kind: "failed"; readonly origin: Origin; readonly error: unknown; readonly cancelled: boolean };

/** Loads one model at a time. */
export interface Session {
  /** Another model, or the same again. What is loaded or loading ends. */
  open(origin: Origin): Promise<void>;
  retry(): Promise<void>;
  cancel(): void;
  /** undefined: whichever is right. Loads again. */
  chooseBackend(backend: WebBackend | undefined): Promise<void>;
}

export function createSession(onPhase: (phase: Phase) => void, onNotice: (words: string) => void): Session {
  let origin: Origin | undefined;
  let backend: WebBackend | undefined;
  let controller: AbortController | undefined;
  let generator: WebGenerator | undefined;

  async function open(next: Origin): Promise<void> {
    origin = next;
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    const old = generator;
    generator = undefined;
    const current = () => controller === mine;
    const tell = (phase: Phase) => {
      if (current()) onPhase(phase);
    };
    tell({ kind: "loading", origin: next, progress: undefined });
    const options: LoadOptions = {
      signal: mine.signal,
      onProgress: (progress) => tell({ kind: "loading", origin: next, progress }),
      onNotice: (words) => current() && onNotice(words),
      ...(backend === undefined ? {} : { backends: [backend] }),
    };
    try {
      // First, so that two models never need memory at once.
      await old?.dispose();
      const loaded = next.kind === "hosted" ? loadGenerator(next.manifest, options) : portModel(next.files, options);
      const done = await loaded;
      if (!current()) return void (await done.dispose());
      generator = done;
      tell({ kind: "ready", origin: next, generator: done });
    } catch (error) {
      tell({ kind: "failed", origin: next, error, cancelled: mine.signal.aborted || isAbort(error) });
    }
  }

  const again = async () => {
    if (origin !== undefined) await open(origin);
  };
  return {
    open,
    retry: again,
    cancel: () => controller?.abort(),
    async chooseBackend(choice) {
      backend = choice;
      await again();
    },
  };
}
