// A tfjs graph model in Node: node tfjs.mjs wasm|webgpu|tensorflow FOLDER INPUTS.npz [entry file of tfjs-node]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readInputs, serve } from "./serve.mjs";

const [backend, folder, inputs, tfjsNode] = process.argv.slice(2);
const require = createRequire(import.meta.url);

async function separatePackages() {
  const [core, { loadGraphModel }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-converter"),
  ]);
  return { ...core, loadGraphModel };
}

const LIBRARIES = {
  async wasm() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
    return separatePackages();
  },
  async webgpu() {
    const { create, globals } = await import("webgpu");
    // tfjs looks at the user agent of anything that has a navigator.
    const navigator = { gpu: create([]), userAgent: "Node.js" };
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
    await import("@tensorflow/tfjs-backend-webgpu");
    return separatePackages();
  },
  tensorflow: async () => require(tfjsNode),
};

const tf = await LIBRARIES[backend]();
tf.enableProdMode();
await tf.setBackend(backend);
// tfjs falls back to another back-end without a word.
if (tf.getBackend() !== backend) throw new Error(`expected tfjs to run on ${backend}, found ${tf.getBackend()}`);
const model = await tf.loadGraphModel({ load: async () => readModel() });

function readModel() {
  const { weightsManifest, ...rest } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
  const shards = weightsManifest.flatMap(({ paths }) => paths).map((path) => readFileSync(join(folder, path)));
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return { ...rest, weightSpecs, weightData: new Uint8Array(Buffer.concat(shards)).buffer };
}

async function run(given) {
  const feeds = Object.fromEntries(
    model.inputs.map(({ name }) => {
      const { data, shape } = given[name.split(":")[0]];
      return [name, tf.tensor(data, shape, "float32")];
    }),
  );
  const image = model.predict(feeds);
  const data = await image.data();
  tf.dispose([feeds, image]);
  return data;
}

await serve(await readInputs(inputs), run);
// Threads of a GPU's driver would keep the process.
process.exit();
