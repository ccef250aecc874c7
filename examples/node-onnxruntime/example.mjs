// One picture from an exported folder, with onnxruntime: node example.mjs EXPORT_DIR
import { join } from "node:path";
import { oneHot, sampleZ } from "biggan-port";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { checkGoldens } from "../shared/goldens.mjs";
import { parseOptions } from "../shared/options.mjs";
import { writePicture } from "../shared/write-picture.mjs";

const { folder, label, seed, truncation, output } = parseOptions();

const session = await InferenceSession.create(join(folder, "onnx/model.onnx"));
const [zDim, classes] = ["z", "y"].map((input) => session.inputMetadata.find(({ name }) => name === input).shape[1]);

/** Pictures [n, R, R, 3] in [-1, 1] of z [n, zDim] and y [n, classes]. An export with one truncation baked in has no such input. */
async function generate(z, y, truncation) {
  const tensor = ({ data, shape }) => new Tensor("float32", Float32Array.from(data), shape);
  const inputs = { z: tensor(z), y: tensor(y), truncation: tensor({ data: [truncation], shape: [] }) };
  const { image } = await session.run(Object.fromEntries(session.inputNames.map((name) => [name, inputs[name]])));
  return { data: image.data, shape: image.dims };
}

const z = sampleZ({ count: 1, zDim, truncation, seed });
const y = oneHot([[{ index: label, weight: 1 }]], classes);
console.log(writePicture(output, await generate(z, y, truncation)));
console.log(await checkGoldens(folder, generate));
