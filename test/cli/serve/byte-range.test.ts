import { expect, it } from "vitest";
import { byteRange } from "../../../src/cli/serve/byte-range.js";

it.each([
  [undefined, undefined],
  ["bytes=0-99", { start: 0, end: 99 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=90-", { start: 90, end: 99 }],
  ["bytes=90-500", { start: 90, end: 99 }],
  ["bytes=-10", { start: 90, end: 99 }],
  ["bytes=-500", { start: 0, end: 99 }],
  ["bytes=100-", "none"],
  ["bytes=-0", "none"],
  ["bytes=20-10", undefined],
  ["bytes=0-1,5-6", undefined],
  ["bytes=-", undefined],
  ["lines=0-1", undefined],
  ["bytes=a-b", undefined],
])("%s of 100 bytes", (header, expected) => {
  expect(byteRange(header, 100)).toEqual(expected);
});
