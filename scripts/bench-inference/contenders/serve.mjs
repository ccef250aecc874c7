// What the contenders in Node have in common: inputs, and requests on standard input, one JSON document a line, answered likewise.
//   {"batch": 8}     runs the first 8 inputs                  {"milliseconds": 97.1}
//   {"save": FILE}   writes the last pictures, raw float32    {}
// The first line says {"ready": true}; what a library prints beside that goes to the standard error.
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { readNpz } from "biggan-port";

/** z [n, zDim] and y [n, classes] of the first rows, and the truncation, as `{ shape, data }` in float32. */
export async function readInputs(file) {
  const arrays = await readNpz(file);
  const rows = (name, batch) => {
    const { shape, data } = arrays.get(name);
    const width = data.length / shape[0];
    return { shape: [batch, width], data: Float32Array.from(data.subarray(0, batch * width)) };
  };
  const truncation = { shape: [], data: Float32Array.from(arrays.get("truncation").data) };
  return (batch) => ({ z: rows("z", batch), y: rows("y", batch), truncation });
}

/** Answers requests until there are no more. `run(inputs)` gives the pictures, [n, R, R, 3] as a Float32Array; `save` may turn them over first. */
export async function serve(inputsOf, run, { arranged = (image) => image } = {}) {
  let image;
  const answer = async ({ batch, save }) => {
    if (save !== undefined) {
      writeFileSync(save, arranged(image));
      return {};
    }
    const inputs = inputsOf(batch);
    const start = performance.now();
    image = await run(inputs);
    return { milliseconds: performance.now() - start };
  };
  const say = (document) => process.stdout.write(`${JSON.stringify(document)}\n`);
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) say(await answer(JSON.parse(line)));
}
