import type { LoadOptions, PictureOptions, WebGenerator } from "../types.js";
import { WebError } from "../web-error.js";
import type { Task } from "../worker/messages.js";
import type { OpenOptions, Origin } from "../worker/open-generator.js";
import { type Connection, connect } from "./connection.js";
import { startWorker } from "./start-worker.js";

/** A worker that is not wanted any more gets so long to keep the files that have arrived. */
const GRACE_MS = 1000;

/** Opens a generator in a worker of its own. */
export async function openRemote(
  origin: Origin,
  options: OpenOptions,
  { signal, onProgress, onNotice }: LoadOptions,
): Promise<WebGenerator> {
  signal?.throwIfAborted();
  let backend: WebGenerator["backend"] | undefined;
  const connection = connect(startWorker(), (news) => {
    if (news.kind === "progress") onProgress?.(news.progress);
    else if (news.kind === "notice") onNotice?.(news.words);
    else backend = news.backend;
  });
  try {
    const opened = await connection.ask((id) => ({ kind: "open", id, origin, options }), { signal });
    if (opened === undefined || !("model" in opened)) throw new Error("worker: no model");
    return remote(connection, opened.model, () => backend ?? opened.backend);
  } catch (error) {
    const end = () => connection.end(new WebError("internal", "the generator was not loaded"));
    if (signal?.aborted) setTimeout(end, GRACE_MS);
    else end();
    throw error;
  }
}

function remote(
  connection: Connection,
  model: WebGenerator["model"],
  backend: () => WebGenerator["backend"],
): WebGenerator {
  async function draw(task: Task, { signal, onPicture }: PictureOptions = {}): Promise<ImageData[]> {
    const pictures: ImageData[] = [];
    await connection.ask((id) => ({ kind: "draw", id, task }), {
      signal,
      onPicture({ pixels, resolution, index, milliseconds }) {
        const picture = new ImageData(pixels, resolution, resolution);
        pictures.push(picture);
        onPicture?.(picture, index, milliseconds);
      },
    });
    return pictures;
  }

  return {
    model,
    get backend() {
      return backend();
    },
    generate: (request, options) => draw({ kind: "generate", request }, options),
    interpolate: (request, options) => draw({ kind: "interpolate", request }, options),
    async memory() {
      const memory = await connection.ask((id) => ({ kind: "memory", id }));
      if (memory === undefined || !("tensors" in memory)) throw new Error("worker: no memory");
      return memory;
    },
    async dispose() {
      // The worker's end frees everything, also what is being computed.
      connection.end(new WebError("usage", "the generator has been disposed of"));
    },
  };
}
