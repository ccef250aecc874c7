import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPortError } from "../../src/core/errors.js";
import { describeMix, oneHot, resolveClass } from "../../src/sampling/class-mix.js";
import { IMAGENET_LABELS } from "../../src/sampling/imagenet-labels.js";

const resolve = (text: string) => resolveClass(text, IMAGENET_LABELS, 1000);

test("the labels are in the order of the published modules", () => {
  expect(IMAGENET_LABELS).toHaveLength(1000);
  expect(new Set(IMAGENET_LABELS).size).toBe(1000);
  expect([0, 8, 207, 933, 999].map((index) => IMAGENET_LABELS[index])).toEqual([
    "tench",
    "hen",
    "Golden Retriever",
    "cheeseburger",
    "toilet paper",
  ]);
});

describe("resolveClass", () => {
  test.each([
    ["207", 207],
    [" golden retriever ", 207],
    ["HEN", 8],
    ["cheeseb", 933],
    ["toilet pap", 999],
    ["eseburg", 933],
  ])("%s", (text, index) => {
    expect(resolve(text)).toEqual([{ index, weight: 1 }]);
  });

  test.each([
    ["tench:0.5,goldfish:0.5", [0, 0.5, 1, 0.5]],
    ["207 : 1 , hen : .25 ,", [207, 1, 8, 0.25]],
    ["tench:2e-1", [0, 0.2]],
  ])("the mix %s", (text, flat) => {
    expect(resolve(text).flatMap(({ index, weight }) => [index, weight])).toEqual(flat);
  });

  test("names with commas and colons", () => {
    const labels = ["crane, bird", "crane, machine", "a:1", "plain"];
    expect(resolveClass("Crane, Machine", labels, 4)).toEqual([{ index: 1, weight: 1 }]);
    expect(resolveClass("crane, bird:0.25, crane, machine:0.75", labels, 4)).toEqual([
      { index: 0, weight: 0.25 },
      { index: 1, weight: 0.75 },
    ]);
    expect(resolveClass("a:1", labels, 4)).toEqual([{ index: 2, weight: 1 }]);
    expect(resolveClass("a:1:0.5,plain:0.5", labels, 4)).toEqual([
      { index: 2, weight: 0.5 },
      { index: 3, weight: 0.5 },
    ]);
  });

  test.each([
    ["1000", "class 1000: expected an index from 0 to 999", undefined],
    ["goldfich", 'class "goldfich": no class has this name', "The nearest names: goldfinch, goldfish, garfish."],
    ["?", 'class "?": no class has this name', "Write part of a name, or an index."],
    [
      "shark",
      'class "shark": expected one class, found 3: great white shark (2), tiger shark (3), hammerhead shark (4)',
      "Write the whole name, or the index.",
    ],
    ["tench:0.5,hen", 'class "tench:0.5,hen": expected name:weight,name:weight, found "hen"', undefined],
    ["tench:1e999", 'class "tench:1e999": expected name:weight,name:weight, found "tench:1e999"', undefined],
    ["tench:0.5,0:0.5", 'class "tench:0.5,0:0.5": expected each class once, found one twice', undefined],
    ["  ", "class: expected a name, an index or a mix, found 0 characters", undefined],
    ["x".repeat(1001), "class: expected a name, an index or a mix, found 1001 characters", undefined],
  ])("%s is refused", (text, message, hint) => {
    expect(() => resolve(text)).toThrow(expect.objectContaining({ code: "usage", message, hint }));
  });

  test("without names only indices are understood", () => {
    expect(resolveClass("3", undefined, 10)).toEqual([{ index: 3, weight: 1 }]);
    expect(resolveClass("3:0.5,4:0.5", undefined, 10)).toHaveLength(2);
    expect(() => resolveClass("cat", undefined, 10)).toThrow(
      'class "cat": expected an index from 0 to 9, for the names are not known',
    );
  });

  test("any text gives classes or a worded refusal", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "7", ":", ",", ".", " ", "e", "hen", "é"), maxLength: 30 });
    fc.assert(
      fc.property(text, (given) => {
        try {
          for (const { index } of resolve(given)) expect(index).toBeLessThan(1000);
        } catch (error) {
          expect(isPortError(error)).toBe(true);
        }
      }),
    );
  });
});

test("describeMix is read back", () => {
  expect(describeMix([{ index: 1, weight: 1 }], IMAGENET_LABELS)).toBe("goldfish");
  expect(describeMix([{ index: 1, weight: 1 }])).toBe("1");
  const part = fc.record({ index: fc.nat(999), weight: fc.double({ min: 0, max: 5, noNaN: true }) });
  const mixes = fc.uniqueArray(part, { minLength: 1, maxLength: 5, selector: ({ index }) => index });
  fc.assert(
    fc.property(mixes, (mix) => {
      expect(resolve(describeMix(mix, IMAGENET_LABELS))).toEqual(mix);
    }),
  );
});

test("oneHot", () => {
  const tensor = oneHot([resolveClass("2", undefined, 4), resolveClass("0:0.25,3:0.75", undefined, 4)], 4);
  expect(tensor).toEqual({ shape: [2, 4], data: Float32Array.of(0, 0, 1, 0, 0.25, 0, 0, 0.75) });
  expect(() => oneHot([[{ index: 4, weight: 1 }]], 4)).toThrow("class 4: expected an index from 0 to 3");
});
