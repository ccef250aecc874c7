// A worker of the page's own: the library computes in this thread, with `worker: false`, and starts none itself.
import { loadGenerator } from "./model/page/web.js";

const STEPS = 12;

/** The walk's points: every class once, each with a seed of its own. */
const point = (number) => ({ class: number % generator.model.classes, seed: number });

let generator;
let at = 0;

// Asked before the model is there, it answers when it is.
const loading = loadGenerator("model/manifest.json", {
  worker: false,
  onProgress: ({ stage }) => postMessage({ status: stage }),
}).then(
  (loaded) => {
    generator = loaded;
    postMessage({ ready: true, status: `${loaded.model.name} on ${loaded.backend.description}` });
  },
  ({ message, hint = "" }) => postMessage({ status: `${message} ${hint}` }),
);

addEventListener("message", async () => {
  await loading;
  await generator?.interpolate(
    { from: point(at), to: point(at + 1), steps: STEPS, truncation: 0.6 },
    { onPicture: (frame) => postMessage({ frame }) },
  );
  at++;
  postMessage({ done: true });
});
