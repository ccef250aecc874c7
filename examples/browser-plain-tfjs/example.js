// Loads the exported folder `model/` beside this page, draws a picture, and checks the model against its goldens. `tf` comes from the
// script tags of index.html. ?backend=webgpu or cpu takes another back-end than WebAssembly.
import { parseNpz } from "./npz.js";
import { sampleZ } from "./sample-z.js";

const { tf } = globalThis;
const element = (id) => document.getElementById(id);
const form = element("form");
const backend = new URLSearchParams(location.search).get("backend") ?? "wasm";

tf.wasm.setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
await tf.setBackend(backend);
if (tf.getBackend() !== backend) throw new Error(`tfjs runs on ${tf.getBackend()}: ${backend} did not start`);
const model = await tf.loadGraphModel("model/tfjs/model.json");
const [zDim, classes] = ["z", "y"].map(
  (input) => model.inputs.find(({ name }) => name.split(":")[0] === input).shape[1],
);

/** One picture [1, R, R, 3] in [-1, 1], as a tensor. An export with one truncation baked in has no such input. */
function generate(z, y, truncation) {
  return tf.tidy(() => {
    const inputs = { z: tf.tensor(z, [1, zDim]), y: tf.tensor(y, [1, classes]), truncation: tf.scalar(truncation) };
    return model.predict(Object.fromEntries(model.inputs.map(({ name }) => [name, inputs[name.split(":")[0]]])));
  });
}

async function draw() {
  const [label, seed, truncation] = ["class", "seed", "truncation"].map((name) => Number(form.elements[name].value));
  const y = Float32Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0));
  const start = performance.now();
  const image = generate(sampleZ(zDim, truncation, seed), y, truncation);
  const [, height, width] = image.shape;
  const values = await image.data();
  image.dispose();

  const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) pixels[4 * i + c] = Math.trunc((values[3 * i + c] + 1) * 128);
  }
  const canvas = Object.assign(element("canvas"), { width, height });
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
  element("status").textContent = `${backend}: ${width} x ${height}, ${Math.round(performance.now() - start)} ms`;
}

/** Runs the inputs that the export brings, and compares with the pictures of its float64 reference. */
async function checkGoldens() {
  const response = await fetch("model/goldens.npz");
  if (!response.ok) return;
  const goldens = parseNpz(await response.arrayBuffer());
  const truncations = goldens.get("truncation").data;
  const row = (name, index) => {
    const { data } = goldens.get(name);
    const size = data.length / truncations.length;
    return data.subarray(index * size, (index + 1) * size);
  };
  let largest = 0;
  let leastDecibels = Number.POSITIVE_INFINITY;
  for (const [index, truncation] of truncations.entries()) {
    const image = generate(row("z", index), row("y", index), truncation);
    const values = await image.data();
    image.dispose();
    const differences = row("image", index).map((wanted, at) => Math.abs(wanted - values[at]));
    const meanSquare = differences.reduce((sum, each) => sum + each * each, 0) / values.length;
    largest = differences.reduce((most, each) => Math.max(most, each), largest);
    leastDecibels = Math.min(leastDecibels, 10 * Math.log10(4 / meanSquare));
  }
  element("goldens").textContent =
    `goldens: ${truncations.length} pictures, PSNR ${leastDecibels.toFixed(1)} dB at worst, largest difference ${largest.toExponential(1)}`;
}

await draw();
await checkGoldens();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  draw();
});
form.querySelector("button").disabled = false;
