// How far the pictures of a tfjs graph model are from TensorFlow's: node answers-tfjs.mjs FOLDER REF.npz
// Prints the largest absolute difference at each truncation, as JSON. The same program for our export and for the rival's: tfjs-wasm,
// and tfjs-cpu for what that refuses.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { readNpz } from "../../../dist/src/formats/npy/read-npz.js";

const [folder, reference] = process.argv.slice(2);
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
await tf.setBackend("wasm");
if (tf.getBackend() !== "wasm") throw new Error("the wasm back-end did not start");

const { modelTopology, weightsManifest, format } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
const shards = weightsManifest.flatMap(({ paths }) => paths).map((path) => readFileSync(join(folder, path)));
const model = await loadGraphModel({
  load: async () => ({
    modelTopology,
    format,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(Buffer.concat(shards)).buffer,
  }),
});
const arrays = await readNpz(reference);
const row = (name, index) => {
  const { shape, data } = arrays.get(name);
  const width = data.length / shape[0];
  return { shape: [1, ...shape.slice(1)], data: Float32Array.from(data.subarray(index * width, (index + 1) * width)) };
};

async function difference(index) {
  const feed = {};
  for (const { name, shape } of model.inputs) {
    const { data, shape: own } = row(name.split(":")[0], index);
    feed[name] = tf.tensor(data, name.startsWith("truncation") ? (shape ?? []) : own);
  }
  const image = await (await model.executeAsync(feed)).data();
  return row("image", index).data.reduce((most, value, at) => Math.max(most, Math.abs(value - image[at])), 0);
}

/** The differences of all rows on the back-end that is set. */
async function compare() {
  const differences = [];
  for (let index = 0; index < arrays.get("truncation").data.length; index++) differences.push(await difference(index));
  return { differences };
}

async function compareOnCpu({ message }) {
  await tf.setBackend("cpu");
  return { ...(await compare()), remark: `tfjs-cpu; tfjs-wasm says: ${message}` };
}

const found = await compare().catch(compareOnCpu);
console.log(JSON.stringify(found));
