import fc from "fast-check";
import { expect, test } from "vitest";
import { fromInt8, PRODUCT_LIMIT, toInt8, toInt8Table } from "../../src/storage/int8.js";

const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 })).chain(([channels, rows]) =>
  fc.tuple(
    fc.constant(channels),
    fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), {
      minLength: channels * rows,
      maxLength: channels * rows,
    }),
  ),
);

/** Channels whose largest magnitude is below this are taken for zeros: 127 steps of 1e-30. */
const ZERO = 127e-30 * (1 + 1e-6);

test("no number of a channel moves by more than half of its scale", () => {
  fc.assert(
    fc.property(matrix, ([channels, numbers]) => {
      const values = Float32Array.from(numbers);
      const int8 = toInt8(values, channels);
      const decoded = fromInt8(int8);
      decoded.forEach((value, at) => {
        const [scale, found] = [int8.scales[at % channels] ?? 0, values[at] ?? 0];
        expect(Math.abs(value - found)).toBeLessThanOrEqual(Math.max(scale * 0.5001, ZERO));
        expect(Math.abs(int8.codes[at] ?? 128)).toBeLessThanOrEqual(127);
      });
    }),
  );
});

test("a table's channel uses all codes between its smallest and its largest number", () => {
  fc.assert(
    fc.property(matrix, ([channels, numbers]) => {
      const values = Float32Array.from(numbers);
      const { codes, scales, offsets } = toInt8Table(values, channels);
      const decoded = fromInt8({ codes, scales, offsets });
      for (let channel = 0; channel < channels; channel++) {
        const column = [...values].filter((_, at) => at % channels === channel);
        const range = Math.max(...column) - Math.min(...column);
        const largest = Math.max(...column.map(Math.abs));
        decoded.forEach((value, at) => {
          if (at % channels !== channel) return;
          expect(Math.abs(value - (values[at] ?? 0))).toBeLessThanOrEqual(range / 500 + largest * 2e-7 + ZERO);
        });
      }
    }),
  );
});

test("the largest magnitude is kept, zero stays zero, a channel of zeros is zeros", () => {
  const int8 = toInt8(Float32Array.of(0.5, 0, 0, 0, -2, 0), 2);
  expect([...int8.codes]).toEqual([32, 0, 0, 0, -127, 0]);
  const decoded = fromInt8(int8);
  expect(decoded[4]).toBeCloseTo(-2, 6);
  expect([decoded[1], decoded[3], decoded[5]]).toEqual([0, 0, 0]);
  expect([...fromInt8(toInt8Table(Float32Array.of(7, 7, 7), 1))]).toEqual([7, 7, 7]);
});

test("two products of such codes with a uint8 fit in 16 bits, whatever the weights", () => {
  fc.assert(
    fc.property(matrix, ([channels, numbers]) => {
      const { codes } = toInt8(Float32Array.from(numbers), channels, PRODUCT_LIMIT);
      const largest = Math.max(...codes.map(Math.abs));
      expect(2 * 255 * largest).toBeLessThanOrEqual(2 ** 15 - 1);
    }),
  );
});
