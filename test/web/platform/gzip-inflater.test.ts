import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type GzipInflater, inflateGzip as inflateInNode } from "../../../src/io/gzip-inflater.js";
import { inflateGzip } from "../../../src/web/platform/gzip-inflater.js";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

/** All that comes out, or what is said instead, and how many bytes were members. */
async function outcome(inflater: GzipInflater) {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of inflater.chunks) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks).toString("hex"), consumed: inflater.consumed() };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { code: error.code, message: error.message };
  } finally {
    await inflater.close();
  }
}

async function expectSame(file: Uint8Array, size = 7): Promise<void> {
  expect(await outcome(inflateGzip(cut(file, size)))).toEqual(await outcome(inflateInNode(cut(file, size))));
}

/** Text, zeros and noise: stored, fixed and dynamic blocks. */
const CONTENTS = [
  Buffer.from("the quick brown fox jumps over the lazy dog ".repeat(40)),
  Buffer.alloc(3000),
  Buffer.from(Uint32Array.from({ length: 400 }, (_, i) => Math.imul(i + 1, 0x9e3779b1)).buffer),
  Buffer.alloc(0),
];
const [text = Buffer.alloc(0)] = CONTENTS;

it.each([0, 1, 6, 9])("inflates what zlib wrote at level %s", async (level) => {
  for (const content of CONTENTS) {
    const file = gzipSync(content, { level });
    for (const size of [1, 7, 4096]) {
      const expected = { bytes: content.toString("hex"), consumed: file.length };
      expect(await outcome(inflateGzip(cut(file, size)))).toEqual(expected);
    }
  }
});

it("goes on from member to member, and ends at padding or at anything else, as Node does", async () => {
  const file = gzipSync(text);
  const zeros = Buffer.alloc(512);
  const others = [file, zeros, Buffer.from("no gzip"), Buffer.from([0x1f]), Buffer.concat([zeros, file])];
  for (const other of others) {
    for (const size of [1, 13, file.length, 1 << 20]) await expectSame(Buffer.concat([file, other]), size);
  }
});

it("says what Node says of damaged and of cut bytes", async () => {
  const files = CONTENTS.map((content) => gzipSync(content));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), async (file, at, by) => {
      const damaged = Buffer.from(file);
      // Behind the magic number, which is looked at before.
      const place = 2 + (at % (file.length - 2));
      damaged[place] = (damaged[place] ?? 0) ^ by;
      await expectSame(damaged, 64);
      await expectSame(file.subarray(0, place), 64);
    }),
    { numRuns: 60 },
  );
});
