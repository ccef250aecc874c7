import { crc32 } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import type { PickleCursor } from "../../../src/formats/pytorch/instruction.js";
import { OPCODES } from "../../../src/formats/pytorch/opcodes.js";
import { openPyTorch } from "../../../src/formats/pytorch/open-pytorch.js";
import { stateTree } from "../../../src/formats/pytorch/state-tree.js";
import { readStorageId } from "../../../src/formats/pytorch/storage-id.js";
import { unpickle } from "../../../src/formats/pytorch/unpickle.js";
import { readZipDirectory } from "../../../src/formats/zip/zip-directory.js";
import { readZipEntry } from "../../../src/formats/zip/zip-entry.js";
import { goldenBytes } from "../../helpers/golden.js";
import { memoryFile } from "../../helpers/memory-file.js";
import { mutated, mutations } from "../../helpers/mutations.js";

/** What all tensors of a small file may come to: src/formats/pytorch/open-pytorch.ts. */
const MOST_BYTES = 16 * 1024 * 1024;

async function readAll(bytes: Uint8Array): Promise<void> {
  const openFile = async (path: string) => memoryFile(path, bytes);
  await using file = await openPyTorch("x", { openFile });
  const total = [...file.tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(total).toBeLessThanOrEqual(MOST_BYTES);
  for (const [name, { byteLength }] of file.tensors) expect((await file.read(name)).length).toBe(byteLength);
}

async function readOrRefused(bytes: Uint8Array): Promise<void> {
  try {
    await readAll(bytes);
  } catch (error) {
    if (!isPortError(error)) throw error;
    expect(error.code).toBe("format");
  }
}

const FILES = [
  "2.14-zip-protocol2",
  "2.14-checkpoint",
  "2.14-legacy-protocol2",
  "2.14-legacy-checkpoint",
  "1.0-checkpoint",
];

/** The pickle within an archive of torch. */
function pickleOf(name: string): Uint8Array {
  const bytes = goldenBytes(`pytorch/${name}.pth`);
  const entry = readZipDirectory(name, bytes).find((candidate) => candidate.name.endsWith("data.pkl"));
  if (entry === undefined) throw new Error(name);
  return readZipEntry(name, bytes, entry);
}

function interpret(bytes: Uint8Array): void {
  const cursor: PickleCursor = { file: "x", bytes, base: 0, offset: 0 };
  const seen = new Map();
  stateTree(
    "x",
    unpickle(cursor, (id, machine) => readStorageId(id, machine, { seen })),
  );
}

function interpretOrRefuse(bytes: Uint8Array): void {
  try {
    interpret(bytes);
  } catch (error) {
    if (!isPortError(error)) throw error;
  }
}

describe("damaged files are read or refused, and nothing else", () => {
  test.each(FILES)("%s", async (name) => {
    const good = goldenBytes(`pytorch/${name}.pth`);
    await readAll(good);
    await fc.assert(
      fc.asyncProperty(mutations(good.length), async (changes) => readOrRefused(mutated(good, changes))),
      { numRuns: 400 },
    );
  });

  test("with checksums that fit the damage", async () => {
    const good = goldenBytes("pytorch/2.14-zip-protocol2.pth");
    const entries = readZipDirectory("x", good);
    const contents = Object.fromEntries(entries.map((entry) => [entry.name, readZipEntry("x", good, entry)]));
    const pickle = entries[0]?.name ?? "";
    const bytes = contents[pickle] ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(mutations(bytes.length), fc.boolean(), async (changes, deflated) => {
        const changed = mutated(bytes, changes);
        const archive = zipSync({ ...contents, [pickle]: changed }, { level: deflated ? 6 : 0 });
        expect(crc32(changed)).toBe(readZipDirectory("x", archive)[0]?.crc32);
        await readOrRefused(archive);
      }),
      { numRuns: 400 },
    );
  });
});

describe("pickles", () => {
  test.each(["2.14-zip-protocol2", "2.14-zip-protocol5", "2.14-checkpoint", "1.6-checkpoint"])(
    "of %s, damaged, give a value or a FormatError",
    (name) => {
      const good = pickleOf(name);
      interpret(good);
      fc.assert(
        fc.property(mutations(good.length), (changes) => interpretOrRefuse(mutated(good, changes))),
        { numRuns: 2000 },
      );
    },
  );

  test("of any opcodes give a value or a FormatError", () => {
    const names = [
      "collections\nOrderedDict\n",
      "torch\nFloatStorage\n",
      "torch._utils\n_rebuild_tensor_v2\n",
      "1\n",
      "'a'\n",
    ];
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...OPCODES).map(([, code]) => Uint8Array.of(code)) },
      { weight: 2, arbitrary: fc.constantFrom(..."N](t}q\0h\0.".split("").map((character) => Buffer.from(character))) },
      { weight: 1, arbitrary: fc.constantFrom(...names.map((name) => Buffer.from(name))) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }) },
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) =>
        interpretOrRefuse(Buffer.concat([...parts, Buffer.from(".")])),
      ),
      { numRuns: 5000 },
    );
  });
});
