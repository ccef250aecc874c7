import fc from "fast-check";
import { expect, it } from "vitest";
import { readRows } from "../../../src/formats/tf-hub/placed-rows.js";

it("reads any range of rows, whatever is between them", async () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7 + (i >> 8)) % 251);
  const source = {
    name: "f",
    byteLength: bytes.length,
    slice: async (from: number, to: number) => bytes.slice(from, to),
  };
  const gaps = fc.array(fc.constantFrom(0, 3, 150, 5000), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 90 }),
      gaps,
      fc.nat(1000),
      fc.nat(1000),
      async (rowBytes, between, a, b) => {
        const offsets: number[] = [];
        let end = 0;
        for (const gap of between) {
          offsets.push((end + gap) % (bytes.length - rowBytes));
          end += gap + rowBytes;
        }
        const all = Uint8Array.from(offsets.flatMap((offset) => [...bytes.subarray(offset, offset + rowBytes)]));
        const [from, to] = [a, b].map((each) => Math.floor((each / 1000) * all.length)).sort((x, y) => x - y);
        const range = [from ?? 0, to ?? 0] as const;
        expect(await readRows(source, { rowBytes, offsets }, range)).toEqual(all.slice(...range));
      },
    ),
  );
});
