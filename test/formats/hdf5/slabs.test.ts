import { expect, test } from "vitest";
import { slabs } from "../../../src/formats/hdf5/slabs.js";

const MIB = 1024 * 1024;
const BYTES = Uint8Array.from({ length: 20 * MIB + 5 }, (_, index) => (index * 7919) >> 8);

/** Slabs of {@link BYTES}, and what was fetched. */
function counted(stride: number) {
  const fetched: [number, number][] = [];
  const source = slabs("test", BYTES.length, stride, async (start, end) => {
    fetched.push([start, end]);
    return BYTES.slice(start, end);
  });
  return { source, fetched };
}

test.each([
  ["a tensor that is not cut", 1, 4 * MIB],
  ["rows of small chunks", 300_000, 13 * 300_000],
  ["rows of chunks above a slab", 9 * MIB, 9 * MIB],
  ["rows of chunks above the whole", 50 * MIB, 32 * MIB],
])("%s is fetched once, in whole rows of chunks", async (_, stride, slab) => {
  const { source, fetched } = counted(stride);
  const found = new Uint8Array(BYTES.length);
  for (let at = 0; at < BYTES.length; at += 1_000_003) {
    const end = Math.min(at + 1_000_003, BYTES.length);
    await source.slice(at, end, { into: found.subarray(at) });
  }
  expect(Buffer.from(found).equals(BYTES)).toBe(true);
  const count = Math.ceil(BYTES.length / slab);
  expect(fetched).toEqual(
    Array.from({ length: count }, (_, index) => [index * slab, Math.min((index + 1) * slab, BYTES.length)]),
  );
});

test("any range is given, backwards too", async () => {
  const { source } = counted(1);
  for (const [start, end] of [
    [BYTES.length - 3, BYTES.length],
    [4 * MIB - 1, 12 * MIB + 1],
    [7, 7],
    [0, 1],
  ] as const) {
    expect(Buffer.from(await source.slice(start, end)).equals(BYTES.subarray(start, end))).toBe(true);
  }
});
