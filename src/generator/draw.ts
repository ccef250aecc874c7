import { throwIfAborted, UsageError } from "../core/errors.js";
import type { Model } from "../mapping/model.js";
import { type BackendName, openRuntime } from "../runtime/backends.js";
import { takeRows } from "../runtime/evaluate.js";
import { layerOf, type Runtime } from "../runtime/runtime.js";
import type { PictureInputs } from "../sampling/picture-request.js";
import { type Picture, pictureOf } from "./picture.js";
import { createTurns, unlessAborted } from "./turns.js";

export interface PictureOptions {
  /** Raised: the call rejects at once. The picture under way is finished out of sight, later ones are not begun. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each picture as soon as it is there. The next one waits for a promise that is returned: whoever is slow delays nobody else. */
  readonly onPicture?: ((picture: Picture, index: number, milliseconds: number) => unknown) | undefined;
}

/** A runtime that is opened by the first picture and kept for later ones. */
export interface Drawing {
  /** What computes: versions, adapter; undefined before the first picture. */
  readonly description: string | undefined;
  /** One picture a row. Calls that overlap take turns, picture by picture. */
  draw(inputs: PictureInputs, options?: PictureOptions): Promise<Picture[]>;
  /** Stops what is under way, refuses what is asked for later, and closes the runtime. */
  close(): Promise<void>;
}

export function createDrawing({ file, graph, parameters }: Model, backend: BackendName): Drawing {
  const turns = createTurns();
  const closing = new AbortController();
  let opened: Runtime | undefined;

  async function drop(): Promise<void> {
    const dropped = opened;
    opened = undefined;
    await dropped?.[Symbol.asyncDispose]();
  }

  async function drawRow({ z, y, truncation }: PictureInputs, row: number): Promise<Picture> {
    refuseWhenClosed();
    try {
      opened ??= await openRuntime(backend, graph, parameters(), { signal: closing.signal });
      const batch = { z: takeRows(z, [row]), y: takeRows(y, [row]), truncation };
      return pictureOf(layerOf(await opened.run(batch, { signal: closing.signal }), "image"));
    } catch (error) {
      // A back-end that has failed may be gone for good: the next picture opens another.
      await drop().catch(() => undefined);
      refuseWhenClosed();
      throw error;
    }
  }

  function refuseWhenClosed(): void {
    if (closing.signal.aborted) throw new UsageError(`${file}: the model has been closed`);
  }

  async function drawAll(inputs: PictureInputs, { signal, onPicture }: PictureOptions): Promise<Picture[]> {
    const pictures: Picture[] = [];
    const count = inputs.z.shape[0] ?? 0;
    for (let row = 0; row < count; row++) {
      const { picture, milliseconds } = await turns.take(async () => {
        throwIfAborted(signal);
        const start = performance.now();
        return { picture: await drawRow(inputs, row), milliseconds: performance.now() - start };
      });
      throwIfAborted(signal);
      pictures.push(picture);
      await onPicture?.(picture, row, milliseconds);
    }
    return pictures;
  }

  return {
    get description() {
      return opened?.description;
    },
    draw: (inputs, options = {}) => unlessAborted(options.signal, drawAll(inputs, options)),
    async close() {
      closing.abort();
      await turns.settled();
      await drop();
    },
  };
}
