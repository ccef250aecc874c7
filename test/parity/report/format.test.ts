import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatFactor,
  formatNearOne,
  formatNumber,
  listed,
  plural,
} from "../../../src/parity/report/format.js";

describe("numbers in a report", () => {
  it.each([
    [0, "0"],
    [2.44e-6, "2.4e-6"],
    [0.0123, "0.0123"],
    [0.5, "0.5"],
    [-3.25, "−3.25"],
    [123456, "1.2e5"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
  ])("%d is %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [0, "0"],
    [1e-9, "<0.001"],
    [0.0042, "0.004"],
    [0.3, "0.30"],
    [1, "1.00"],
    [1.0001, "1.01"],
    [34.4, "34"],
    [29876, "3.0e4"],
    [Number.POSITIVE_INFINITY, "∞"],
  ])("the factor %d is %s", (value, text) => {
    expect(formatFactor(value)).toBe(text);
  });

  it("says how little 1 lacks", () => {
    expect(formatNearOne(1 - 2.3e-10)).toBe("1 − 2.3e-10");
    expect(formatNearOne(1)).toBe("1");
    expect(formatNearOne(0.93)).toBe("0.93");
  });

  it("counts and lists", () => {
    expect(formatCount(1234567)).toBe("1,234,567");
    expect([plural(1, "layer"), plural(2000, "layer")]).toEqual(["1 layer", "2,000 layers"]);
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
  });
});
