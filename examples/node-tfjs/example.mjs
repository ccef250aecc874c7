// One picture from an exported folder, with TensorFlow.js on WebAssembly: node example.mjs EXPORT_DIR
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { oneHot, sampleZ } from "biggan-port";
import { checkGoldens } from "../shared/goldens.mjs";
import { parseOptions } from "../shared/options.mjs";
import { writePicture } from "../shared/write-picture.mjs";

const { folder, label, seed, truncation, output } = parseOptions();

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
await tf.setBackend("wasm");
// tfjs falls back to another back-end without a word.
if (tf.getBackend() !== "wasm") throw new Error(`expected tfjs to run on wasm, found ${tf.getBackend()}`);

const model = await loadGraphModel({ load: async () => readModel(join(folder, "tfjs")) });
const nameOf = ({ name }) => name.split(":")[0];
const [zDim, classes] = ["z", "y"].map((input) => model.inputs.find((each) => nameOf(each) === input).shape[1]);

/** `loadGraphModel` fetches from URLs; here is what it would have fetched. */
function readModel(path) {
  const { weightsManifest, ...rest } = JSON.parse(readFileSync(join(path, "model.json"), "utf8"));
  const shards = weightsManifest.flatMap(({ paths }) => paths).map((shard) => readFileSync(join(path, shard)));
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return { ...rest, weightSpecs, weightData: new Uint8Array(Buffer.concat(shards)).buffer };
}

/** Pictures [n, R, R, 3] in [-1, 1] of z [n, zDim] and y [n, classes]. An export with one truncation baked in has no such input. */
async function generate(z, y, truncation) {
  const tensor = ({ data, shape }) => tf.tensor(Float32Array.from(data), shape);
  const inputs = { z: tensor(z), y: tensor(y), truncation: tf.scalar(truncation) };
  const image = model.predict(Object.fromEntries(model.inputs.map((each) => [each.name, inputs[nameOf(each)]])));
  const data = await image.data();
  tf.dispose([inputs, image]);
  return { data, shape: image.shape };
}

const z = sampleZ({ count: 1, zDim, truncation, seed });
const y = oneHot([[{ index: label, weight: 1 }]], classes);
console.log(writePicture(output, await generate(z, y, truncation)));
console.log(await checkGoldens(folder, generate));
