import fc from "fast-check";

/** A change of a file: bytes overwritten from a place on, or the end cut off there. */
export type Mutation =
  | { readonly kind: "put"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "cut"; readonly at: number };

/** Few changes of a file of this length, most of them small: what is still nearly right gets furthest. */
export function mutations(length: number): fc.Arbitrary<Mutation[]> {
  const at = fc.nat({ max: Math.max(0, length - 1) });
  const put = fc.record({
    kind: fc.constant("put" as const),
    at,
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 1 }),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(new Uint8Array(8), new Uint8Array(8).fill(0xff), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80)),
    ),
  });
  const cut = fc.record({ kind: fc.constant("cut" as const), at });
  return fc.array(fc.oneof({ weight: 9, arbitrary: put }, { weight: 1, arbitrary: cut }), {
    minLength: 1,
    maxLength: 4,
  });
}

/** The bytes with the changes made. */
export function mutated(good: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  return changes.reduce((bytes: Uint8Array, change) => {
    if (change.kind === "cut") return bytes.subarray(0, change.at);
    const copy = new Uint8Array(bytes);
    copy.set(change.bytes.subarray(0, Math.max(0, copy.length - change.at)), Math.min(change.at, copy.length));
    return copy;
  }, good);
}
