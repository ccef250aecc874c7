import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMessage, encodeMessage, type NamedTensor } from "../../../src/runtime/host/page/message.js";

const tensor = fc
  .tuple(fc.string(), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }))
  .chain(([name, shape]) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    return fc
      .float32Array({ minLength: count, maxLength: count })
      .map((values): NamedTensor => ({ name, shape, data: Float32Array.from(values) }));
  });

test("a message comes back as it was sent, NaN and empty tensors too", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().filter((key) => key !== "__proto__"),
        fc.string(),
      ),
      fc.array(tensor),
      (facts, tensors) => {
        const decoded = decodeMessage(encodeMessage(facts, tensors).buffer);
        expect(decoded.facts).toEqual({ ...facts });
        expect(decoded.tensors).toEqual(tensors);
      },
    ),
  );
});

test("a message that is cut short or too long is refused", () => {
  const whole = encodeMessage({ nodes: ["a"] }, [{ name: "z", shape: [2], data: Float32Array.of(1, 2) }]);
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeMessage(whole.slice(0, length).buffer), `${length} bytes`).toThrow();
  }
  const longer = new Uint8Array(whole.length + 4);
  longer.set(whole);
  expect(() => decodeMessage(longer.buffer)).toThrow("message: 4 bytes left over");
});
