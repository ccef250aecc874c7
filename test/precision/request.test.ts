import { expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.js";
import { parseBytes, parsePrecision, parseQuality } from "../../src/precision/request.js";

test("decibels with and without their unit", () => {
  expect([parseQuality("40dB"), parseQuality("40"), parseQuality(" 37.5 db ")]).toEqual([40, 40, 37.5]);
});

test("bytes in tens and in twos", () => {
  const texts = ["30MB", "30MiB", "500kB", "1.5GB", "1000", "1000B"];
  expect(texts.map(parseBytes)).toEqual([30e6, 30 * 2 ** 20, 500e3, 1.5e9, 1000, 1000]);
});

test.each(["", "forty", "-3dB", "0dB", "40 percent", "1e400"])("--quality %j is refused", (text) => {
  expect(() => parseQuality(text)).toThrow(UsageError);
});

test.each(["", "30 XB", "MB", "-1MB", "0", "1e9"])("--max-bytes %j is refused", (text) => {
  expect(() => parseBytes(text)).toThrow(UsageError);
});

test("says what it expected and what it found", () => {
  expect(() => parseQuality("best")).toThrow("--quality: expected decibels above 0, found best");
  expect(() => parsePrecision("float8")).toThrow("--dtype: expected one of float32, float16, int8, found float8");
});
