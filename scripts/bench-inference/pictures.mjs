// Speed is nothing if the pictures are wrong: what goes in, what should come out, and how far a contender is from it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNpz, oneHot, openModel, readNpz, sampleZ } from "biggan-port";
import { lastWords } from "../bench/measure.mjs";
import { TRUNCATION } from "./artifacts.mjs";
import { comparePictures } from "./compare-pictures.mjs";

/** As many inputs as the largest batch. */
const ROWS = 8;
/** The float64 reference takes half a minute for a picture: the first and the last of a batch it is. */
const CHECKED = [0, ROWS - 1];

/** Inputs z [8, zDim], y [8, classes], truncation [] in a file, and the float64 pictures of some of them by row. */
export async function casesOf(context) {
  const folder = join(context.work, "inference", context.module.name);
  const inputs = join(folder, "inputs.npz");
  const reference = join(folder, "reference.npz");
  mkdirSync(folder, { recursive: true });
  const { zDim, classes } = await sizesOf(context.module.folder);
  const z = sampleZ({ count: ROWS, zDim, truncation: TRUNCATION, seed: 1 });
  const labels = Array.from({ length: ROWS }, (_, row) => [{ index: (row * 131) % classes, weight: 1 }]);
  const y = oneHot(labels, classes);
  writeInputs(inputs, z, y);
  if (!existsSync(reference)) {
    console.error(`${context.module.name}: ${CHECKED.length} pictures in float64, for comparison`);
    const checked = join(folder, "checked.npz");
    writeInputs(checked, rowsOf(z, CHECKED), rowsOf(y, CHECKED));
    evaluate(context, checked, reference);
  }
  const { shape, data } = (await readNpz(reference)).get("image");
  const size = data.length / shape[0];
  const pictures = new Map(CHECKED.map((row, index) => [row, data.subarray(index * size, (index + 1) * size)]));
  return { inputs, pictures };
}

async function sizesOf(folder) {
  const model = await openModel(folder);
  const { zDim, classes } = model.graph;
  await model[Symbol.asyncDispose]();
  return { zDim, classes };
}

function writeInputs(file, z, y) {
  const truncation = { shape: [], data: Float32Array.of(TRUNCATION) };
  const single = ({ shape, data }) => ({ shape, data: Float32Array.from(data) });
  writeFileSync(
    file,
    encodeNpz(
      new Map([
        ["z", single(z)],
        ["y", single(y)],
        ["truncation", truncation],
      ]),
    ),
  );
}

function rowsOf({ shape: [count, width], data }, rows) {
  const values = rows.flatMap((row) => [...data.subarray(row * width, (row + 1) * width)]);
  if (rows.some((row) => row >= count)) throw new Error(`there are ${count} rows`);
  return { shape: [rows.length, width], data: values };
}

function evaluate({ node, program, module, scrub }, inputs, output) {
  const words = ["run", module.folder, "--inputs", inputs, "--output", output, "--backend", "reference", "--quiet"];
  const { status, stderr } = spawnSync(node, [program, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(scrub(`the float64 reference failed: ${lastWords(stderr)}`));
}

/** Largest difference, and PSNR in decibels (peak 2), of what a contender saved from the float64 pictures of the rows in the batch. */
export async function compareSaved(contender, batch, pictures, file) {
  await contender.ask({ save: file });
  const bytes = readFileSync(file);
  rmSync(file);
  const image = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return comparePictures(image, batch, pictures);
}
