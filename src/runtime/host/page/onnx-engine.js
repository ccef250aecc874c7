// Runs the ONNX export, wherever onnxruntime runs. Plain JavaScript, loaded as it stands.

/** Errors only: warnings are for whoever wrote the model. */
const ERRORS = 3;

/**
 * A `load` for host.js.
 * @param ort onnxruntime-node or onnxruntime-web.
 * @param {{locate: Function, provider: object|string, about: object}} options `locate(name)` gives what `InferenceSession.create` takes for
 * one of the model's files (onnx-model.ts): the model, and options that lead to its tensors. `provider` is onnxruntime's name of what computes.
 */
export function onnxEngine(ort, { locate, provider, about }) {
  async function open(name) {
    const { model, options } = await locate(name);
    return ort.InferenceSession.create(model, { ...options, executionProviders: [provider], logSeverityLevel: ERRORS });
  }

  return async () => {
    let session = await open("image.onnx");
    async function run(tensors, nodes) {
      if (!nodes.every((node) => session.outputNames.includes(node))) {
        await session.release();
        session = await open("taps.onnx");
      }
      return execute(ort, session, tensors, nodes);
    }
    const library = `onnxruntime ${ort.env.versions.node ?? ort.env.versions.web}`;
    return { about: { library, ...about }, run };
  };
}

async function execute(ort, session, tensors, nodes) {
  const feeds = Object.fromEntries(
    tensors.map(({ name, shape, data }) => [name, new ort.Tensor("float32", data, shape)]),
  );
  const results = await session.run(feeds, nodes);
  const values = [];
  for (const name of nodes) {
    values.push({ name, shape: results[name].dims, data: await results[name].getData() });
    results[name].dispose();
  }
  return values;
}

/** Answers for a session in a browser, where files come from the server: a `locate`. */
export function fetched(base) {
  const bytes = async (name) => {
    const response = await fetch(`${base}/model/${name}`);
    if (!response.ok) throw new Error(`model/${name}: status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return async (name) => {
    const externalData = [{ path: "weights.data", data: await bytes("weights.data") }];
    return { model: await bytes(name), options: { externalData } };
  };
}
