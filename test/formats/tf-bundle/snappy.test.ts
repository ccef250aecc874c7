import fc from "fast-check";
import snappy from "snappyjs";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { inflateSnappy } from "../../../src/formats/tf-bundle/snappy.js";

function inflate(bytes: Uint8Array, limit = 1_000_000): Uint8Array {
  return inflateSnappy({ file: "x", bytes, base: 0, offset: 0, end: bytes.length }, limit);
}

const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.nat(40)), { maxLength: 20 })
  .map((parts) =>
    Uint8Array.from(parts.flatMap(([part, times]) => Array.from({ length: times }, () => [...part]).flat())),
  );

describe("inflateSnappy", () => {
  test("undoes what snappyjs makes", () => {
    fc.assert(
      fc.property(fc.oneof(repetitive, fc.uint8Array({ maxLength: 500 })), (bytes) => {
        expect(inflate(snappy.compress(bytes))).toEqual(bytes);
      }),
    );
    const long = new Uint8Array(300_000).map((_, i) => (i * i) >> 7);
    expect(Buffer.compare(inflate(snappy.compress(long)), long)).toBe(0);
  });

  test("answers any damaged stream with bytes or a FormatError", () => {
    fc.assert(
      fc.property(repetitive, fc.nat(), fc.nat(255), fc.nat(), (bytes, at, value, cut) => {
        const stream = Uint8Array.from(snappy.compress(bytes));
        stream[at % stream.length] = value;
        for (const damaged of [stream, stream.subarray(0, cut % stream.length)]) {
          try {
            inflate(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [
      "more than the limit",
      [0x80, 0x80, 0x80, 0x01, 0],
      "snappy length: expected at most 22 bytes, found 2097152 bytes",
    ],
    ["a copy from before the start", [8, 0x11, 5], "snappy copy: expected 1 to 0 bytes back, found 5"],
    ["a literal longer than the output", [1, 0x04, 1, 2], "snappy: expected at most 1 more bytes, found 2 bytes"],
    [
      "a literal length beyond 2^31",
      [40, 0xfc, 255, 255, 255, 255],
      "snappy: expected at most 40 more bytes, found 4294967296 bytes",
    ],
    ["too little", [9, 0x04, 1, 2], "snappy: expected 9 bytes, found 2 bytes"],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => inflate(Uint8Array.from(bytes))).toThrow(message);
  });
});
