import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPart, mixWords, normalise, removePart, weightSum } from "../../../src/web/page/mixing.js";

const anyMix = fc.array(fc.record({ class: fc.nat(9), weight: fc.nat(100).map((value) => value / 100) }), {
  minLength: 2,
  maxLength: 4,
});

describe("a mix", () => {
  it("normalised adds up to 1 in hundredths, and keeps its proportions", () => {
    fc.assert(
      fc.property(anyMix, (mix) => {
        const even = normalise(mix);
        expect(even.reduce((sum, { weight }) => sum + Math.round(weight * 100), 0)).toBe(100);
        const sum = mix.reduce((total, { weight }) => total + weight, 0);
        even.forEach(({ class: index, weight }, at) => {
          expect(index).toBe(mix[at]?.class);
          const exact = sum === 0 ? 1 / mix.length : (mix[at]?.weight ?? 0) / sum;
          expect(Math.abs(weight - exact)).toBeLessThan(0.0101);
        });
        expect(normalise(even)).toEqual(even);
      }),
    );
  });

  it("says its sum and itself", () => {
    const mix = [
      { class: 0, weight: 0.1 },
      { class: 1, weight: 0.2 },
    ];
    expect(weightSum(mix)).toBe(0.3);
    expect(mixWords(mix, (index) => ["tench", "goldfish"][index] ?? "")).toBe("0.1 tench + 0.2 goldfish");
  });

  it("grows by a class that it has not, up to four, and shrinks down to two", () => {
    const two = [
      { class: 0, weight: 0.4 },
      { class: 2, weight: 0.6 },
    ];
    const three = addPart(two, 10);
    expect(three[2]).toEqual({ class: 1, weight: 0.5 });
    const four = addPart(three, 10);
    expect(four[3]?.class).toBe(3);
    expect(addPart(four, 10)).toBe(four);
    expect(removePart(three, 0)).toEqual(three.slice(1));
    expect(removePart(two, 0)).toBe(two);
  });
});
