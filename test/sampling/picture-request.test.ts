import { describe, expect, it } from "vitest";
import { interpolate } from "../../src/sampling/interpolate.js";
import {
  type InterpolationRequest,
  interpolationInputs,
  type PictureRequest,
  pictureInputs,
} from "../../src/sampling/picture-request.js";
import { sampleZ } from "../../src/sampling/sample-z.js";

const MODEL = { zDim: 4, classes: 3, labels: ["cat", "dog", "fish"] };
const rows = ({ data }: { readonly data: ArrayLike<number> }, width: number) =>
  Array.from({ length: data.length / width }, (_, row) => Array.from(data).slice(row * width, (row + 1) * width));

describe("pictureInputs", () => {
  it("draws one picture of class 0, seed 0, at 0.5 when nothing is said", () => {
    expect(pictureInputs({}, MODEL)).toEqual({
      z: sampleZ({ count: 1, zDim: 4, truncation: 0.5, seed: 0 }),
      y: { shape: [1, 3], data: Float32Array.of(1, 0, 0) },
      truncation: 0.5,
    });
  });

  it("draws z of several pictures in one stream from the seed, all of one class", () => {
    const { z, y } = pictureInputs({ class: "fish", seed: 7, truncation: 0.3, count: 3 }, MODEL);
    expect(z).toEqual(sampleZ({ count: 3, zDim: 4, truncation: 0.3, seed: 7 }));
    expect(rows(y, 3)).toEqual([0, 1, 2].map(() => [0, 0, 1]));
    const [first] = rows(pictureInputs({ seed: 7, truncation: 0.3 }, MODEL).z, 4);
    expect(rows(z, 4)[0]).toEqual(first);
  });

  it.each([
    [{ class: 1 }, [0, 1, 0]],
    [{ class: "1" }, [0, 1, 0]],
    [{ class: "DO" }, [0, 1, 0]],
    [{ class: "cat:0.25,2:0.5" }, [0.25, 0, 0.5]],
    [{ classes: [{ class: "cat", weight: 2 }] }, [2, 0, 0]],
    [
      {
        classes: [
          { class: "cat", weight: 0.5 },
          { class: 1, weight: -0.5 },
        ],
      },
      [0.5, -0.5, 0],
    ],
    [{ classes: [{ class: "cat:0.5,dog:0.5", weight: 0.5 }] }, [0.25, 0.25, 0]],
    [
      {
        classes: [
          { class: 0, weight: 0.5 },
          { class: "cat", weight: 0.25 },
        ],
      },
      [0.75, 0, 0],
    ],
  ] as readonly (readonly [PictureRequest, number[]])[])("%j is y %j", (request, wanted) => {
    expect(Array.from(pictureInputs(request, MODEL).y.data)).toEqual(wanted);
  });

  it("takes z as it is, whatever the truncation, and copies it", () => {
    const z = [1, -2, 3, 0.1, 5, 6, 7, 8];
    const inputs = pictureInputs({ z, count: 2, truncation: 0.2 }, MODEL);
    expect(inputs.z).toEqual({ shape: [2, 4], data: Float32Array.from(z) });
    expect(inputs.truncation).toBe(0.2);
    const own = new Float32Array(4);
    const { data } = pictureInputs({ z: own }, MODEL).z;
    data[0] = 9;
    expect(own[0]).toBe(0);
  });

  it("draws at the truncation that is baked in, and at no other", () => {
    const baked = { ...MODEL, bakedTruncation: 0.4 };
    expect(pictureInputs({}, baked).truncation).toBe(0.4);
    expect(pictureInputs({}, baked).z).toEqual(sampleZ({ count: 1, zDim: 4, truncation: 0.4, seed: 0 }));
    expect(pictureInputs({ truncation: 0.4 }, baked).truncation).toBe(0.4);
    expect(() => pictureInputs({ truncation: 0.5 }, baked)).toThrow(
      "truncation: expected 0.4, which is baked into this model, found 0.5",
    );
  });

  it.each([
    [{ count: 0 }, "count: expected a whole number from 1 to 10000, found 0"],
    [{ count: 1.5 }, "count: expected a whole number from 1 to 10000, found 1.5"],
    [{ count: 10_001 }, "count: expected a whole number from 1 to 10000, found 10001"],
    [{ truncation: -0.1 }, "truncation: expected a number from 0 to 1, found -0.1"],
    [{ truncation: Number.NaN }, "truncation: expected a number from 0 to 1, found NaN"],
    [{ seed: 1, z: [1, 2, 3, 4] }, "seed, z: expected one of them, found both"],
    [{ z: [1, 2, 3] }, "z: expected 1 x 4 = 4 numbers, found 3"],
    [{ z: [1, 2, 3, Number.POSITIVE_INFINITY] }, "z: expected finite numbers, found others"],
    [{ class: 1, classes: [{ class: 1, weight: 1 }] }, "class, classes: expected one of them, found both"],
    [{ classes: [] }, "classes: expected at least one, found none"],
    [{ classes: [{ class: 1, weight: Number.NaN }] }, "classes: expected a finite weight, found NaN"],
    [{ class: "bird" }, 'class "bird": no class has this name'],
    [{ class: 3 }, "class 3: expected an index from 0 to 2"],
  ])("refuses %j: %s", (request, words) => {
    expect(() => pictureInputs(request, MODEL)).toThrow(words);
    expect(() => pictureInputs(request, MODEL)).toThrow(expect.objectContaining({ code: "usage" }));
  });

  it("understands indices alone where names are unknown", () => {
    const nameless = { zDim: 4, classes: 3 };
    expect(Array.from(pictureInputs({ class: 2 }, nameless).y.data)).toEqual([0, 0, 1]);
    expect(() => pictureInputs({ class: "cat" }, nameless)).toThrow("the names are not known");
  });
});

describe("interpolationInputs", () => {
  it("goes from one point to the other, z and class each for itself", () => {
    const request: InterpolationRequest = {
      from: { class: "cat", seed: 3 },
      to: { class: "fish", z: [1, 2, 3, 4] },
      steps: 5,
      truncation: 0.7,
    };
    const { z, y, truncation } = interpolationInputs(request, MODEL);
    const from = sampleZ({ count: 1, zDim: 4, truncation: 0.7, seed: 3 });
    expect(z).toEqual(interpolate(from, { shape: [1, 4], data: Float32Array.of(1, 2, 3, 4) }, 5));
    expect(rows(y, 3)).toEqual([
      [1, 0, 0],
      [0.75, 0, 0.25],
      [0.5, 0, 0.5],
      [0.25, 0, 0.75],
      [0, 0, 1],
    ]);
    expect(truncation).toBe(0.7);
  });

  it("takes 8 steps at 0.5 when nothing is said", () => {
    const { z, truncation } = interpolationInputs({ from: {}, to: { seed: 1 } }, MODEL);
    expect([z.shape, truncation]).toEqual([[8, 4], 0.5]);
  });

  it.each([
    [{ from: {}, to: {}, steps: 1 }, /steps/],
    [{ from: { class: "bird" }, to: {} }, /no class has this name/],
    [{ from: {}, to: { z: [1] } }, /z: expected 1 x 4 = 4 numbers, found 1/],
    [{ from: {}, to: {}, truncation: 2 }, /truncation: expected a number from 0 to 1, found 2/],
  ])("refuses %j", (request, words) => {
    expect(() => interpolationInputs(request, MODEL)).toThrow(words);
  });
});
