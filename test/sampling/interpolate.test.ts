import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { interpolate } from "../../src/sampling/interpolate.js";

const golden = fileURLToPath(new URL("../golden/sampling/interpolation.npz", import.meta.url));

test("numpy's strip, number for number", async () => {
  const given = await readNpz(golden);
  const [a, b, strip] = [given.get("a"), given.get("b"), given.get("strip")];
  if (a === undefined || b === undefined) throw new Error("the golden file has no ends");
  expect(interpolate(a, b, 7)).toEqual(strip);
});

test("both ends are exact", () => {
  const a = { shape: [1, 2], data: Float32Array.of(0.1, -3) };
  const b = { shape: [1, 2], data: Float32Array.of(0.7, 1e-20) };
  const { data } = interpolate(a, b, 50);
  expect([...data.subarray(0, 2), ...data.subarray(-2)]).toEqual([...a.data, ...b.data]);
});

test.each([
  [[1, 3], 3, "interpolate: expected two ends of one shape [n, d], found [1, 2] and [1, 3]"],
  [[1, 2], 1, "steps: expected a whole number from 2 to 10000, found 1"],
  [[1, 2], 2.5, "steps: expected a whole number from 2 to 10000, found 2.5"],
])("%j in %d steps is refused", (shape, steps, message) => {
  const a = { shape: [1, 2], data: new Float64Array(2) };
  const b = { shape, data: new Float64Array(shape[1] ?? 0) };
  expect(() => interpolate(a, b, steps)).toThrow(expect.objectContaining({ code: "usage", message }));
});
