// The place where a model runs: a page in a browser, or a process of its own. It loads the exported model as any user would, then asks for work
// until it is told to end. Plain JavaScript, loaded as it stands.
import { decodeMessage, encodeMessage } from "./message.js";

const ENDED = 410;
const NOTHING_YET = 204;

/**
 * @param {{base: string, load: Function}} options `base` is where the server answers, without a slash at the end; the model's files are below
 * `base/model`. `load(failed)` starts a library, loads the model and gives `{about, run}`: what this place says of itself (about.ts), and
 * `run(tensors, nodes)`, the values of some nodes for one image's inputs, in that order. `failed(error)` may be called at any time.
 */
export async function host({ base, load }) {
  const post = (path, body) => fetch(`${base}/${path}`, { method: "POST", body });
  const failed = (error) => refuse(base, messageOf(error));
  try {
    const { about, run } = await load(failed);
    await post("ready", encodeMessage(about));
    for (;;) {
      const job = await fetch(`${base}/next`);
      if (job.status === NOTHING_YET) continue;
      if (job.status === ENDED) return;
      const { facts, tensors } = decodeMessage(await job.arrayBuffer());
      await post("done", encodeMessage({}, await run(tensors, facts.nodes)));
    }
  } catch (error) {
    await failed(error);
  }
}

/** Tells the server that nothing will come from here, and why. */
export async function refuse(base, message) {
  await fetch(`${base}/failed`, { method: "POST", body: encodeMessage({ message }) });
}

/** What went wrong; Node's fetch says why only in the cause. */
export function messageOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
