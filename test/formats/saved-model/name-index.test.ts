import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { createNameIndex, hashOf } from "../../../src/formats/saved-model/name-index.js";

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** All names one after another, and where each is. */
function written(names: readonly string[]) {
  const encoded = names.map((name) => Buffer.from(name));
  let end = 0;
  const places = encoded.map(({ length }): readonly [number, number] => {
    end += length;
    return [end - length, end];
  });
  return { view: viewOf(Uint8Array.from(Buffer.concat(encoded))), places };
}

it("finds what a Map finds", () => {
  const name = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.stringMatching(/^[ab/_0-2]{0,5}$/));
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 60 }),
      fc.array(name),
      fc.integer({ min: 1, max: 8 }),
      (names, others, room) => {
        const { view, places } = written(names);
        const index = createNameIndex("f", view, room);
        const first = new Map<string, number>();
        for (const [number, [start, end]] of places.entries()) {
          const text = names[number] ?? "";
          expect(index.add(start, end)).toBe(first.get(text));
          if (!first.has(text)) first.set(text, number);
        }
        for (const text of [...names, ...others]) {
          const sought = Uint8Array.from(Buffer.from(text));
          expect(index.find(viewOf(sought), 0, sought.length)).toBe(first.get(text));
        }
      },
    ),
  );
});

it("refuses names that are made to collide, instead of looking for them for ever", () => {
  const names: string[] = [];
  for (let i = 0; names.length < 1100; i++) {
    const text = i.toString(36);
    if ((hashOf(viewOf(Uint8Array.from(Buffer.from(text))), 0, text.length) & 4095) === 7) names.push(text);
  }
  const { view, places } = written(names);
  const index = createNameIndex("f.pb", view, 2048);
  const addAll = () => {
    for (const [start, end] of places) index.add(start, end);
  };
  expect(addAll).toThrow(FormatError);
  expect(addAll).toThrow("f.pb: names of nodes: expected names that can be told apart, found names made to collide");
});
