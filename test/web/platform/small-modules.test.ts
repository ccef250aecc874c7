import { createHash } from "node:crypto";
import { posix } from "node:path";
import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { SHARD_BYTES } from "../../../src/formats/tfjs/shard-size.js";
import { createRequire } from "../../../src/web/platform/node-module.js";
import path from "../../../src/web/platform/node-path.js";
import { setImmediate } from "../../../src/web/platform/node-timers-promises.js";
import { crc32 } from "../../../src/web/platform/node-zlib.js";
import { weightsHash } from "../../../src/web/port/weights-hash.js";

const PART = fc.constantFrom("a", "variables", ".", "..", "", "x.tar.gz", "/", "b c");

it("paths are Node's, but for a working folder that is the root", () => {
  fc.assert(
    fc.property(fc.array(PART, { minLength: 1, maxLength: 6 }), (parts) => {
      expect(path.join(...parts)).toBe(posix.join(...parts));
      expect(path.resolve(...parts)).toBe(posix.resolve("/", ...parts));
      expect(path.dirname(parts.join("/"))).toBe(posix.dirname(parts.join("/")));
      expect(path.basename(parts.join("/"))).toBe(posix.basename(parts.join("/")));
    }),
  );
  expect(path.sep).toBe(posix.sep);
});

it("CRC-32 is Node's, in one go and in parts", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (before, bytes) => {
      expect(crc32(bytes)).toBe(nodeCrc32(bytes));
      expect(crc32(bytes, crc32(before))).toBe(nodeCrc32(bytes, nodeCrc32(before)));
    }),
  );
});

it("the event loop gets its turn", async () => {
  let turned = false;
  setTimeout(() => {
    turned = true;
  }, 0);
  while (!turned) await setImmediate();
});

it("there are no native packages", () => {
  expect(() => createRequire()("@node-rs/crc32")).toThrow("@node-rs/crc32: browsers have no native packages");
});

it("the hash of weights is that of the files that an export would have", () => {
  const bytes = new Uint8Array(2 * SHARD_BYTES + 1000).map((_, index) => Math.imul(index, 31));
  const sha256 = (part: Uint8Array | string) => createHash("sha256").update(part).digest("hex");
  for (const length of [1, SHARD_BYTES, bytes.length]) {
    const whole = bytes.subarray(0, length);
    const hash = weightsHash();
    for (let at = 0; at < length; at += 1_000_003) hash.add(whole.subarray(at, at + 1_000_003));
    const shards: string[] = [];
    for (let at = 0; at < length; at += SHARD_BYTES) shards.push(sha256(whole.subarray(at, at + SHARD_BYTES)));
    expect(hash.digest()).toBe(sha256(shards.join("")));
  }
});
