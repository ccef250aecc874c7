import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/errors.js";
import type { StoredFloats } from "../../src/core/parameter-source.js";
import { portableCrc32c } from "../../src/formats/tf-bundle/crc32c.js";
import { openWeightThread, type WeightThread, withThread } from "../../src/io/weight-thread/weight-thread.js";
import { powerStep } from "../../src/mapping/spectral-norm.js";

const COUNT = 5000;
const SIZE = Float32Array.BYTES_PER_ELEMENT;

let folder: string;
let file: string;
let values: Float32Array;
let thread: WeightThread;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biggan-port-test-"));
  file = join(folder, "values.bin");
  values = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i) * 10 ** ((i % 9) - 4));
  await writeFile(file, new Uint8Array(values.buffer));
  thread = openWeightThread();
});

afterAll(async () => {
  await thread[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

type Term = readonly [start: number, factor: number];

/** Parts in counts of values: the width of a row, and where the first row of each term begins. */
function stored(rows: number, parts: readonly (readonly [width: number, terms: readonly Term[]])[]): StoredFloats {
  return {
    rows,
    parts: parts.map(([width, terms]) => ({
      rowBytes: width * SIZE,
      terms: terms.map(([start, factor]) => ({ file, start: start * SIZE, factor })),
    })),
  };
}

/** The same matrix, value by value. */
function expected({ rows, parts }: StoredFloats): Float32Array {
  const all: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const { rowBytes, terms } of parts) {
      for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += SIZE) {
        const products = terms.map(({ start, factor }) => (values[(start + at) / SIZE] ?? 0) * factor);
        // A sum begins with 0, which a product of -0 alone would not become.
        all.push(products.length === 1 ? (products[0] ?? 0) : products.reduce((sum, product) => sum + product, 0));
      }
    }
  }
  return Float32Array.from(all);
}

async function saved(floats: StoredFloats, start: number, end: number): Promise<Buffer> {
  const path = join(folder, "saved.bin");
  const sha256 = await thread.save(path, [{ floats, start: start * SIZE, end: end * SIZE }]);
  const content = await readFile(path);
  expect(sha256).toBe(createHash("sha256").update(content).digest("hex"));
  return content;
}

const term = fc.tuple(fc.nat(500), fc.constantFrom(1, 0.3, -1 / 7));
const part = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.array(term, { minLength: 1, maxLength: 3 }));
const matrix = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.array(part, { minLength: 1, maxLength: 4 }));

it("writes any range of rows side by side, each value scaled, added up and rounded once", async () => {
  await fc.assert(
    fc.asyncProperty(matrix, fc.nat(1000), fc.nat(1000), async ([rows, parts], a, b) => {
      const floats = stored(rows, parts);
      const all = expected(floats);
      const [start, end] = [a, b].map((each) => Math.floor((each / 1000) * all.length)).sort((x, y) => x - y);
      const bytes = new Uint8Array(all.slice(start, end).buffer);
      expect(await saved(floats, start ?? 0, end ?? 0)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 150 },
  );
});

it("writes rows that lie anywhere in a file, scaled and added up, any range of them", async () => {
  const width = fc.integer({ min: 1, max: 70 });
  const starts = fc.array(fc.nat(4900), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(width, starts, fc.boolean(), fc.nat(1000), async (columns, firsts, less, a) => {
      const rowBytes = columns * SIZE;
      const spread = (rows: readonly number[], factor: number) => ({
        ...{ file, start: 0, factor },
        rowStarts: rows.map((start) => start * SIZE),
      });
      const vector = spread(
        firsts.map(() => 17),
        -1,
      );
      const terms = less ? [spread(firsts, 1), vector] : [spread(firsts, 0.3)];
      const all = Float32Array.from({ length: firsts.length * columns }, (_, at) => {
        const column = at % columns;
        const value = values[(firsts[Math.floor(at / columns)] ?? 0) + column] ?? 0;
        return less ? value - (values[17 + column] ?? 0) : value * 0.3;
      });
      const start = Math.floor((a / 1000) * all.length);
      const floats = { rows: firsts.length, parts: [{ rowBytes, terms }] };
      const bytes = new Uint8Array(all.slice(start).buffer);
      expect(await saved(floats, start, all.length)).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 100 },
  );
});

it("joins rows longer than a piece, and more of them than are joined at a time", async () => {
  const wide = join(folder, "wide.bin");
  const [rows, width] = [7, 100_000];
  const matrix = Float32Array.from({ length: rows * width }, (_, i) => i);
  await writeFile(wide, new Uint8Array(matrix.buffer));
  const times = (factor: number) => ({ rowBytes: width * SIZE, terms: [{ file: wide, start: 0, factor }] });
  const content = await saved({ rows, parts: [times(0.5), times(1)] }, 0, rows * width * 2);
  const found = new Float32Array(new Uint8Array(content).buffer);
  for (const [row, column] of [
    [0, 0],
    [3, 5],
    [6, width - 1],
  ] as const) {
    const at = row * width * 2 + column;
    expect([found[at], found[at + width]]).toEqual([(row * width + column) / 2, row * width + column]);
  }
});

it("bytes in memory and values in files follow each other in one file", async () => {
  const memory = new SharedArrayBuffer(8);
  new Uint8Array(memory).set([1, 2, 3, 4, 5, 6, 7, 8]);
  const path = join(folder, "both.bin");
  const floats = stored(1, [[2, [[0, 1]]]]);
  await thread.save(path, [
    { memory, start: 2, end: 6 },
    { floats, start: 0, end: 8 },
    { memory, start: 0, end: 1 },
  ]);
  const numbers = new Uint8Array(values.slice(0, 2).buffer);
  expect([...(await readFile(path))]).toEqual([3, 4, 5, 6, ...numbers, 1]);
});

it("says which file cannot be read, or has become shorter, and goes on with the next", async () => {
  const path = join(folder, "out.bin");
  const save = (floats: StoredFloats) => thread.save(path, [{ floats, start: 0, end: 16 }]);
  const of = (source: string) => ({
    rows: 1,
    parts: [{ rowBytes: 16, terms: [{ file: source, start: 0, factor: 1 }] }],
  });
  const lost = await save(of(join(folder, "missing.bin"))).catch((error: unknown) => error);
  expect(lost).toBeInstanceOf(FormatError);
  expect(String(lost)).toContain("missing.bin: file: expected a readable file, found no such file");

  const short = join(folder, "short.bin");
  await writeFile(short, new Uint8Array(32));
  await truncate(short, 10);
  const ended = await save(of(short)).catch((error: unknown) => error);
  expect(ended).toBeInstanceOf(FormatError);
  expect(String(ended)).toMatch(
    /short\.bin at byte 10: bytes: expected at least 16 bytes, .*found the end of the file/,
  );

  await expect(save(stored(1, [[4, [[0, 1]]]]))).resolves.toMatch(/^[0-9a-f]{64}$/);
});

it("copies a file, whatever its length", async () => {
  const [empty, long] = [join(folder, "empty"), join(folder, "long")];
  await writeFile(empty, "");
  const content = Buffer.alloc(700_001, "abcdefg");
  await writeFile(long, content);
  for (const [from, bytes] of [
    [empty, Buffer.alloc(0)],
    [long, content],
  ] as const) {
    const path = `${from}.copy`;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(await thread.copy(from, path)).toEqual({ bytes: bytes.length, sha256 });
    expect(await readFile(path)).toEqual(bytes);
  }
  const missing = thread.copy(join(folder, "missing"), join(folder, "copy"));
  await expect(missing).rejects.toMatchObject({ code: "ENOENT", syscall: "open" });
});

describe("power steps", () => {
  const OUT = 12;
  const ROWS = 300;
  const place = (start: number, count: number) => ({
    file,
    offset: start * SIZE,
    byteLength: count * SIZE,
    crc32c: portableCrc32c(new Uint8Array(values.buffer, start * SIZE, count * SIZE)),
  });
  const step = () => ({ out: OUT, u: place(7, OUT), weight: place(100, ROWS * OUT) });

  /** After what was begun before it, so that the thread has been there. */
  async function settled(steps: Parameters<WeightThread["takeSteps"]>[0]) {
    const under = thread.takeSteps(steps);
    await Promise.all([1, 2].map((each) => thread.copy(file, join(folder, `settled${each}`))));
    return under;
  }

  it("come to the very sums of the other thread", async () => {
    const own = powerStep(values.slice(7, 7 + OUT));
    own.add(values.slice(100, 100 + ROWS * OUT));
    const under = await settled([step(), step()]);
    expect(await under.sums(1)).toEqual(own.sums());
    expect(await under.sums(0)).toEqual(own.sums());
    expect(await under.sums(0)).toEqual(own.sums());
  });

  it.each([
    ["another checksum of the weight", () => ({ ...step(), weight: { ...step().weight, crc32c: 1 } })],
    ["another checksum of u", () => ({ ...step(), u: { ...step().u, crc32c: 1 } })],
    ["no such file", () => ({ ...step(), weight: { ...step().weight, file: join(folder, "missing") } })],
    ["a file that ends early", () => ({ ...step(), weight: { ...step().weight, offset: COUNT * SIZE - 8 } })],
  ])("%s: it is left to the other thread, and the next is taken", async (_, wrong) => {
    const under = await settled([wrong(), step()]);
    expect(await under.sums(0)).toBeUndefined();
    expect(await under.sums(1)).toBeDefined();
  });

  it("those that nobody has begun are the caller's, and stay so", async () => {
    await using own = openWeightThread();
    const under = own.takeSteps([step(), step()]);
    expect(await under.sums(1)).toBeUndefined();
    expect(await under.sums(1)).toBeUndefined();
  });

  it("a thread that has ended leaves its own to the caller", async () => {
    const own = openWeightThread();
    const under = own.takeSteps(Array.from({ length: 50 }, step));
    await own[Symbol.asyncDispose]();
    expect(await under.sums(0)).toBeUndefined();
  });
});

it("a fault of the program is told with its place, whichever thread meets it", async () => {
  await using own = openWeightThread();
  const faulty = { rows: 1, parts: [{ rowBytes: SIZE, terms: [] }] };
  // Three wait for the thread, and the rest is done here.
  const all = Array.from({ length: 6 }, (_, each) =>
    own.save(join(folder, `faulty${each}`), [{ floats: faulty, start: 0, end: SIZE }]),
  );
  for (const each of await Promise.allSettled(all)) {
    const { stack } = each.status === "rejected" && each.reason instanceof Error ? each.reason : new Error("no fault");
    expect(stack).toMatch(/TypeError[\s\S]*write-file\.js:\d+/);
  }
});

it("the thread has ended when the work with it fails", async () => {
  const own = openWeightThread();
  const failing = withThread(own, async () => await Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  await expect(own.copy(file, join(folder, "late"))).rejects.toThrow("has ended");
});
