import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskedCrc } from "../../../scripts/fixtures/bundle-writer.mjs";
import { crc32c, portableCrc32c, unmask } from "../../../src/formats/tf-bundle/crc32c.js";

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

describe.each([
  ["crc32c", crc32c],
  ["portableCrc32c", portableCrc32c],
])("%s", (_, checksum) => {
  // https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4
  test.each([
    ["zeros", new Uint8Array(32), 0x8a9136aa],
    ["ones", new Uint8Array(32).fill(255), 0x62a8ab43],
    ["ascending", ascending, 0x46dd794e],
    ["descending", ascending.toReversed(), 0x113fdb5c],
    ["digits", new TextEncoder().encode("123456789"), 0xe3069283],
    ["nothing", new Uint8Array(), 0],
  ])("gives the published value for %s", (_name, bytes, expected) => expect(checksum(bytes)).toBe(expected));

  test("continues", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        expect(checksum(bytes.subarray(cut), checksum(bytes.subarray(0, cut)))).toBe(crc32c(bytes));
      }),
    );
  });
});

test("unmask undoes the mask", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(unmask(maskedCrc(bytes))).toBe(crc32c(bytes));
    }),
  );
});
