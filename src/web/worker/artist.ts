import { interpolationInputs, type PictureInputs, pictureInputs } from "../../sampling/picture-request.js";
import { toPixels } from "../../sampling/pixels.js";
import type { Row } from "../engines/engine.js";
import { GpuLost } from "../engines/loss-watch.js";
import type { PictureOptions, WebBackend, WebGenerator } from "../types.js";
import { publicError, WebError, wordsOf } from "../web-error.js";
import { breathe } from "./breathe.js";
import { type Chosen, chooseBackend, NAMES } from "./choose-backend.js";
import type { ModelSource } from "./model-source.js";
import { rowOf } from "./self-test.js";

export interface ArtistOptions {
  readonly backends: readonly WebBackend[];
  readonly hardwareFirst: boolean;
  readonly selfTest: boolean;
  readonly onNotice: (words: string) => void;
}

/** A generator over a loaded model: requests one after the other, a picture at a time; a lost graphics card is survived. */
export function createArtist(source: ModelSource, first: Chosen, options: ArtistOptions): WebGenerator {
  const { facts } = source;
  const ended = new AbortController();
  let chosen = first;
  let turn: Promise<unknown> = Promise.resolve();

  /** After all earlier requests, whatever became of them. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    const over = () => undefined;
    turn = result.then(over, over);
    return result;
  }

  async function draw(inputs: () => PictureInputs, { signal, onPicture }: PictureOptions): Promise<ImageData[]> {
    const stop = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
    try {
      const { z, y, truncation } = inputs();
      const count = z.shape[0] ?? 0;
      const rows = { z, y, truncation: new Float32Array(count).fill(truncation) };
      return await inTurn(async () => {
        const pictures: ImageData[] = [];
        for (let index = 0; index < count; index++) {
          await breathe();
          stop.throwIfAborted();
          const begin = performance.now();
          const picture = toImageData(await run(rowOf(rows, index)), facts.resolution);
          pictures.push(picture);
          onPicture?.(picture, index, performance.now() - begin);
        }
        return pictures;
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw publicError(error);
    }
  }

  /** One picture, if need be on the same back-end opened anew, or on the next. */
  async function run(row: Row): Promise<Float32Array> {
    for (let losses = 0; ; losses++) {
      try {
        return await chosen.engine.run(row);
      } catch (error) {
        ended.signal.throwIfAborted();
        if (!(error instanceof GpuLost)) {
          throw new WebError("backend", `${NAMES[chosen.facts.backend]}: ${wordsOf(error)}`, { cause: error });
        }
        await replace(error.message, losses === 0);
      }
    }
  }

  async function replace(why: string, again: boolean): Promise<void> {
    const { backend, refused } = chosen.facts;
    options.onNotice(`The graphics card was lost (${why}). The model is loaded again.`);
    await chosen.engine.dispose().catch(() => undefined);
    const rest = options.backends.slice(options.backends.indexOf(backend) + 1);
    chosen = await chooseBackend(source, {
      backends: again ? [backend, ...rest] : rest,
      refused: again ? refused : [...refused, { backend, reason: `the graphics card was lost: ${why}` }],
      hardwareFirst: options.hardwareFirst,
      selfTest: options.selfTest,
      signal: ended.signal,
      onProgress: () => undefined,
    });
    if (chosen.facts.backend !== backend) {
      options.onNotice(`It goes on with ${NAMES[chosen.facts.backend]} instead of ${NAMES[backend]}.`);
    }
  }

  return {
    model: facts,
    get backend() {
      return chosen.facts;
    },
    generate: (request, given = {}) => draw(() => pictureInputs(request, facts), given),
    interpolate: (request, given = {}) => draw(() => interpolationInputs(request, facts), given),
    memory: () => inTurn(async () => (ended.signal.aborted ? { tensors: 0, bytes: 0 } : chosen.engine.memory())),
    async dispose() {
      if (ended.signal.aborted) return;
      ended.abort(new WebError("usage", "the generator has been disposed of"));
      await inTurn(async () => {
        await chosen.engine.dispose();
        await source[Symbol.asyncDispose]();
      });
    },
  };
}

/** [R, R, 3] in [-1, 1] as an opaque picture. */
function toImageData(image: Float32Array, resolution: number): ImageData {
  const colours = toPixels(Float32Array.from(image));
  const picture = new ImageData(resolution, resolution);
  for (let pixel = 0; pixel < resolution * resolution; pixel++) {
    picture.data[4 * pixel] = colours[3 * pixel] ?? 0;
    picture.data[4 * pixel + 1] = colours[3 * pixel + 1] ?? 0;
    picture.data[4 * pixel + 2] = colours[3 * pixel + 2] ?? 0;
    picture.data[4 * pixel + 3] = 255;
  }
  return picture;
}
