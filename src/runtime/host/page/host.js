// The place where tfjs runs: a page in a browser, or a process of its own. It fetches the exported model with the plain
// `tf.loadGraphModel`, then asks for work until it is told to end. Plain JavaScript, loaded as it stands.
import { adapterOf, watchLoss } from "./adapter.js";
import { decodeMessage, encodeMessage } from "./message.js";

const ENDED = 410;
const NOTHING_YET = 204;

/**
 * @param tf tfjs with the back-end registered: core and `loadGraphModel` in one object.
 * @param {{base: string, backend: string, about: object}} options `base` is where the server answers, without a slash at the
 * end; `backend` is tfjs' own name; `about` is what this place says of itself.
 */
export async function host(tf, { base, backend, about }) {
  const post = (path, body) => fetch(`${base}/${path}`, { method: "POST", body });
  const failed = (error) => refuse(base, messageOf(error));
  try {
    tf.enableProdMode();
    const started = await tf.setBackend(backend);
    // tfjs falls back to another back-end silently.
    if (!started || tf.getBackend() !== backend) {
      throw new Error(`expected tfjs to run on ${backend}, found ${tf.getBackend() || "no back-end"}`);
    }
    watchLoss(tf, failed);
    const model = await tf.loadGraphModel(`${base}/model/model.json`);
    const adapter = await adapterOf(tf);
    const version = tf.version_core ?? tf.version?.["tfjs-core"];
    await post("ready", encodeMessage({ tfjs: version, adapter, ...about }));
    for (;;) {
      const job = await fetch(`${base}/next`);
      if (job.status === NOTHING_YET) continue;
      if (job.status === ENDED) return;
      await post("done", await answer(tf, model, await job.arrayBuffer()));
    }
  } catch (error) {
    await failed(error);
  }
}

/** Tells the server that nothing will come from here, and why. */
export async function refuse(base, message) {
  await fetch(`${base}/failed`, { method: "POST", body: encodeMessage({ message }) });
}

/** Runs one job: an image's inputs by name and the nodes to hand out; the answer holds their values in that order. */
async function answer(tf, model, buffer) {
  const { facts, tensors } = decodeMessage(buffer);
  const feeds = Object.fromEntries(tensors.map(({ name, shape, data }) => [name, tf.tensor(data, shape, "float32")]));
  const given = model.execute(feeds, facts.nodes);
  const results = Array.isArray(given) ? given : [given];
  const values = [];
  for (const [index, result] of results.entries()) {
    values.push({ name: facts.nodes[index], shape: result.shape, data: Float32Array.from(await result.data()) });
  }
  tf.dispose(feeds);
  tf.dispose(results);
  return encodeMessage({}, values);
}

/** What went wrong; Node's fetch says why only in the cause. */
export function messageOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
