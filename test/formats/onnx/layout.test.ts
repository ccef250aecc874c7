import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type FilterLayout,
  givenShape,
  layoutDoc,
  layoutOf,
  PHASES,
  placeFilter,
  storedShape,
  takeFilter,
} from "../../../src/formats/onnx/layout.js";

const LAYOUTS: readonly FilterLayout[] = ["OIHW", "IOHW", "turned IOHW", ...PHASES];

/** What each layout is, number by number. */
function placeOf(layout: FilterLayout, [height, width, inputs, outputs]: readonly [number, number, number, number]) {
  return (h: number, w: number, i: number, o: number): number | undefined => {
    if (layout === "OIHW") return ((o * inputs + i) * height + h) * width + w;
    if (layout === "IOHW") return ((i * outputs + o) * height + h) * width + w;
    if (layout === "turned IOHW") return ((i * outputs + o) * height + (height - 1 - h)) * width + (width - 1 - w);
    const count = outputs / 4;
    if (Math.floor(o / count) !== PHASES.indexOf(layout)) return undefined;
    return (((o % count) * inputs + i) * height + h) * width + w;
  };
}

test("numbers go to their places, in pieces of any length, and come back", () => {
  const extent = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(
      extent,
      extent,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(40),
      (height, width, inputs, quarter, cut) => {
        const shape = [height, width, inputs, 4 * quarter] as const;
        const filter = Float32Array.from({ length: height * width * inputs * 4 * quarter }, (_, index) => index + 1);
        const back = new Float32Array(filter.length);
        for (const layout of LAYOUTS) {
          const stored = storedShape(layout, shape);
          expect(givenShape(layout, stored)).toEqual(shape);
          const tensor = new Float32Array(stored.reduce((product, each) => product * each, 1));
          for (let start = 0; start < filter.length; start += cut + 1) {
            placeFilter(layout, shape, filter.subarray(start, start + cut + 1), start, tensor);
          }
          const expected = new Float32Array(tensor.length);
          const place = placeOf(layout, shape);
          let at = 0;
          for (let h = 0; h < height; h++)
            for (let w = 0; w < width; w++)
              for (let i = 0; i < inputs; i++)
                for (let o = 0; o < 4 * quarter; o++) {
                  const to = place(h, w, i, o);
                  if (to !== undefined) expected[to] = filter[at] ?? 0;
                  at++;
                }
          expect(tensor).toEqual(expected);
          takeFilter(layout, shape, tensor, back);
          if (!PHASES.some((phase) => phase === layout)) expect(back).toEqual(filter);
        }
        // After the last phase all four have been taken.
        expect(back).toEqual(filter);
      },
    ),
    { numRuns: 60, seed: 6 },
  );
});

test("a doc string tells its layout, and no other text does", () => {
  for (const layout of ["same", ...LAYOUTS] as const) expect(layoutOf(layoutDoc(layout))).toBe(layout);
  for (const doc of ["", "Parameter", "parameter, HWIO as", "parameter "]) expect(layoutOf(doc)).toBeUndefined();
});
