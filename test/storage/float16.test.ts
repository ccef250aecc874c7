import fc from "fast-check";
import { expect, test } from "vitest";
import { fromFloat16, MAX_FLOAT16, toFloat16 } from "../../src/storage/float16.js";
import { goldenBytes } from "../helpers/golden.js";

test("rounds as numpy does: ties, subnormals, overflow, infinities", () => {
  const { buffer, byteLength } = goldenBytes("storage/float16.bin.gz");
  const count = byteLength / 6;
  const values = new Float32Array(buffer, 0, count);
  const wanted = new Uint16Array(buffer, 4 * count, count);
  expect(count).toBeGreaterThan(20_000);
  expect(Buffer.compare(Buffer.from(toFloat16(values).bits.buffer), Buffer.from(wanted.slice().buffer))).toBe(0);
});

test("decodes every bit pattern to the number that encodes to it", () => {
  const patterns = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern);
  const numbers = fromFloat16(patterns);
  const again = toFloat16(numbers).bits;
  patterns.forEach((pattern, at) => {
    const isNumber = (pattern & 0x7c00) !== 0x7c00 || (pattern & 1023) === 0;
    if (isNumber) expect(again[at]).toBe(pattern);
    else expect(numbers[at]).toBeNaN();
  });
});

test("no float16 is nearer than the one chosen", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, min: -MAX_FLOAT16, max: MAX_FLOAT16 }), (value) => {
      const { bits, overflow } = toFloat16(Float32Array.of(value));
      const [chosen = 0] = bits;
      const [found = 0, below = 0, above = 0] = fromFloat16(Uint16Array.of(chosen, chosen - 1, chosen + 1));
      expect(overflow).toBeUndefined();
      const error = Math.abs(found - value);
      if ((chosen & 0x7fff) > 0) expect(error).toBeLessThanOrEqual(Math.abs(below - value));
      if ((chosen & 0x7fff) < 0x7bff) expect(error).toBeLessThanOrEqual(Math.abs(above - value));
    }),
    { numRuns: 2000 },
  );
});

test("says where a finite number becomes an infinity; infinities and NaN stay", () => {
  expect(toFloat16(Float32Array.of(1, 65519.99, 65520, 1e9)).overflow).toBe(2);
  const { bits, overflow } = toFloat16(Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN));
  expect([...bits]).toEqual([0x7c00, 0x7e00]);
  expect(overflow).toBeUndefined();
});

test("a view at an odd place of a larger buffer is read where it stands", () => {
  const values = Float32Array.of(9, 1, 2, 3).subarray(1);
  expect([...fromFloat16(toFloat16(values).bits)]).toEqual([1, 2, 3]);
});
