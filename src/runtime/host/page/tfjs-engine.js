// Runs the tfjs export, wherever tfjs runs. Plain JavaScript, loaded as it stands.
import { adapterOf, watchLoss } from "./adapter.js";

/**
 * A `load` for host.js.
 * @param tf tfjs with the back-end registered: core and `loadGraphModel` in one object.
 * @param {{base: string, backend: string, about: object}} options `backend` is tfjs' own name; `about` is what this place says of itself.
 */
export function tfjsEngine(tf, { base, backend, about }) {
  return async (failed) => {
    tf.enableProdMode();
    const started = await tf.setBackend(backend);
    // tfjs falls back to another back-end silently.
    if (!started || tf.getBackend() !== backend) {
      throw new Error(`expected tfjs to run on ${backend}, found ${tf.getBackend() || "no back-end"}`);
    }
    watchLoss(tf, failed);
    const model = await tf.loadGraphModel(`${base}/model/model.json`);
    const library = `tfjs ${tf.version_core ?? tf.version?.["tfjs-core"]}`;
    const run = (tensors, nodes) => execute(tf, model, tensors, nodes);
    return { about: { library, adapter: await adapterOf(tf), ...about }, run };
  };
}

async function execute(tf, model, tensors, nodes) {
  const feeds = Object.fromEntries(tensors.map(({ name, shape, data }) => [name, tf.tensor(data, shape, "float32")]));
  const given = model.execute(feeds, nodes);
  const results = Array.isArray(given) ? given : [given];
  const values = [];
  for (const [index, result] of results.entries()) {
    values.push({ name: nodes[index], shape: result.shape, data: Float32Array.from(await result.data()) });
  }
  tf.dispose(feeds);
  tf.dispose(results);
  return values;
}
