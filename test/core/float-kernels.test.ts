import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsKernels, floatKernels, KEPT_BYTES } from "../../src/core/float-kernels.js";
import { divided, powerStep } from "../../src/mapping/spectral-norm.js";

const value = fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 });
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, quarters]) =>
    fc.tuple(
      fc.array(value, { minLength: rows * quarters * 4, maxLength: rows * quarters * 4 }),
      fc.array(value, { minLength: quarters * 4, maxLength: quarters * 4 }),
    ),
  );

test("a power step gives the very bits of the JavaScript that it repeats", () => {
  fc.assert(
    fc.property(matrix, ([weights, u]) => {
      // Float64 rows go the JavaScript way.
      const [kernel, script] = [powerStep(Float64Array.from(u)), powerStep(Float64Array.from(u))];
      kernel.add(Float32Array.from(weights));
      script.add(Float64Array.from(weights));
      expect(kernel.sums()).toEqual(script.sums());
    }),
  );
});

test("a matrix that is larger than what is copied at a time, and the widest", () => {
  for (const out of [4, 1028, 32768]) {
    const rows = Math.ceil(700_000 / out);
    const weights = Float32Array.from({ length: rows * out }, (_, i) => Math.sin(i * i));
    const u = Float64Array.from({ length: out }, (_, i) => Math.cos(i));
    expect(fitsKernels(out)).toBe(true);
    const [kernel, script] = [powerStep(u), powerStep(u)];
    kernel.add(weights);
    script.add(Float64Array.from(weights));
    expect(kernel.sums()).toEqual(script.sums());
  }
  expect(fitsKernels(32772)).toBe(false);
  expect(fitsKernels(6)).toBe(false);
});

test("values times a factor are rounded once, whatever their number and place", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 0, max: 3 }), (numbers, skipped) => {
      const values = Float32Array.from([...Array<number>(skipped).fill(7), ...numbers, 7]);
      const expected = divided(new Float32Array(numbers.length), Float32Array.from(numbers), 1.7);
      floatKernels().multiply(values.subarray(skipped, skipped + numbers.length), 1 / 1.7);
      expect(values.subarray(skipped, skipped + numbers.length)).toEqual(expected);
      expect([...values.subarray(0, skipped), values.at(-1)]).toEqual(Array(skipped + 1).fill(7));
    }),
  );
});

test("the memory for one weight is lent to one at a time, and multiplied where it is", () => {
  const kernels = floatKernels();
  const memory = kernels.takeMemory();
  expect(memory?.length).toBe(KEPT_BYTES);
  expect(kernels.takeMemory()).toBeUndefined();
  const last = new Float32Array(memory?.buffer ?? new ArrayBuffer(0), (memory?.byteOffset ?? 0) + KEPT_BYTES - 20, 5);
  last.set([1, 2, 3, 4, 5]);
  kernels.multiply(last, 0.5);
  expect(last).toEqual(Float32Array.of(0.5, 1, 1.5, 2, 2.5));
  kernels.giveBack();
  expect(kernels.takeMemory()).toBeDefined();
  kernels.giveBack();
});
