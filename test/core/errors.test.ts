import { expect, test } from "vitest";
import { FormatError } from "../../src/core/errors.js";

test("a bad file is refused with a hint, the general one where there is no better", () => {
  const place = { file: "a.npz", field: "shape" };
  expect(new FormatError(place, "one", "two").hint).toMatch(/fetch or write it again/);
  expect(new FormatError(place, "one", "two", { cause: new Error("deep") }).hint).toMatch(/fetch or write it again/);
  expect(new FormatError(place, "one", "two", { hint: "Name another." }).hint).toBe("Name another.");
});
