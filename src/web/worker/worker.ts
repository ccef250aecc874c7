/** The worker of `loadGenerator`: one generator, asked by messages. */
import type { WebGenerator } from "../types.js";
import { errorData } from "../web-error.js";
import type { FromWorker, Outcome, ToWorker } from "./messages.js";
import { openGenerator } from "./open-generator.js";

const working = new Map<number, AbortController>();
let generator: WebGenerator | undefined;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "abort") working.get(data.id)?.abort();
  else answer(data);
});

async function answer(message: Exclude<ToWorker, { kind: "abort" }>): Promise<void> {
  const { id } = message;
  const controller = new AbortController();
  working.set(id, controller);
  try {
    send({ kind: "done", id, outcome: await work(message, controller.signal) });
  } catch (error) {
    send({ kind: "failed", id, error: errorData(error) });
  } finally {
    working.delete(id);
  }
}

async function work(message: Exclude<ToWorker, { kind: "abort" }>, signal: AbortSignal): Promise<Outcome> {
  if (message.kind === "open") {
    const onProgress = (progress: Extract<FromWorker, { kind: "progress" }>["progress"]) =>
      send({ kind: "progress", progress });
    const onNotice = (words: string) => send({ kind: "notice", words });
    generator = await openGenerator(message.origin, message.options, { signal, onProgress, onNotice });
    return { model: generator.model, backend: generator.backend };
  }
  if (generator === undefined) throw new Error("worker: the generator is not open");
  return message.kind === "memory" ? await generator.memory() : await draw(generator, message, signal);
}

async function draw(
  artist: WebGenerator,
  { id, task }: Extract<ToWorker, { kind: "draw" }>,
  signal: AbortSignal,
): Promise<undefined> {
  const before = artist.backend;
  const onPicture = ({ data, width }: ImageData, index: number, milliseconds: number) => {
    if (artist.backend !== before) send({ kind: "backend", backend: artist.backend });
    const pixels = new Uint8ClampedArray(data.buffer);
    send({ kind: "picture", id, index, milliseconds, resolution: width, pixels }, [pixels.buffer]);
  };
  if (task.kind === "generate") await artist.generate(task.request, { signal, onPicture });
  else await artist.interpolate(task.request, { signal, onPicture });
  return undefined;
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
