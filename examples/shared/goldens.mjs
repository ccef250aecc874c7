import { existsSync } from "node:fs";
import { join } from "node:path";
import { readNpz } from "biggan-port";

/**
 * Runs the inputs in the `goldens.npz` of an export, where there is one, and says how far the pictures are from those of its float64
 * reference. `generate(z, y, truncation)` takes z and y as `{ data, shape }` of one row.
 */
export async function checkGoldens(folder, generate) {
  const file = join(folder, "goldens.npz");
  if (!existsSync(file)) return "no goldens.npz: nothing to compare with";
  const goldens = await readNpz(file);
  const row = (name, index) => {
    const { shape, data } = goldens.get(name);
    const size = data.length / shape[0];
    return { shape: [1, ...shape.slice(1)], data: data.subarray(index * size, (index + 1) * size) };
  };
  const truncations = goldens.get("truncation").data;
  let largest = 0;
  let leastDecibels = Number.POSITIVE_INFINITY;
  for (const [index, truncation] of truncations.entries()) {
    const { data } = await generate(row("z", index), row("y", index), truncation);
    const differences = row("image", index).data.map((wanted, at) => Math.abs(wanted - data[at]));
    const meanSquare = differences.reduce((sum, each) => sum + each * each, 0) / data.length;
    largest = differences.reduce((most, each) => Math.max(most, each), largest);
    leastDecibels = Math.min(leastDecibels, 10 * Math.log10(4 / meanSquare));
  }
  const worst = `PSNR ${leastDecibels.toFixed(1)} dB at worst, largest difference ${largest.toExponential(1)}`;
  return `goldens: ${truncations.length} pictures, ${worst}`;
}
