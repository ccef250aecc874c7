// An ONNX file on onnxruntime-node: node onnxruntime.mjs MODEL.onnx INPUTS.npz THREADS
import { InferenceSession, Tensor } from "onnxruntime-node";
import { readInputs, serve } from "./serve.mjs";

const [model, inputs, threads] = process.argv.slice(2);
const session = await InferenceSession.create(model, {
  executionProviders: ["cpu"],
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1,
  logSeverityLevel: 3,
});
const [output] = session.outputNames;
let dims;

async function run(given) {
  const feeds = session.inputNames.map((name) => [name, new Tensor("float32", given[name].data, given[name].shape)]);
  const results = await session.run(Object.fromEntries(feeds));
  dims = results[output].dims;
  return results[output].data;
}

/** The export of PyTorch gives [n, 3, R, R]. */
function channelsLast(image) {
  const [count, channels, height, width] = dims;
  if (channels !== 3) return image;
  const turned = new Float32Array(image.length);
  const pixels = height * width;
  for (let n = 0; n < count; n++) {
    for (let c = 0; c < 3; c++) {
      for (let p = 0; p < pixels; p++) turned[(n * pixels + p) * 3 + c] = image[(n * 3 + c) * pixels + p];
    }
  }
  return turned;
}

await serve(await readInputs(inputs), run, { arranged: channelsLast });
