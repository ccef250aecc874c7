import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { float32Pieces } from "../../src/core/parameter-source.js";
import { unpackTarGz } from "../../src/io/unpack-tar-gz.js";
import { openWeightThread, type WeightThread } from "../../src/io/weight-thread/weight-thread.js";
import { openModel } from "../../src/mapping/open-model.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

async function unpackedFixture(name: string): Promise<string> {
  const folder = await temporaryFolder();
  await unpackTarGz(fixture(`${name}.tar.gz`), folder);
  return folder;
}

/** All parameters, in pieces and where they lie, each as text: the factors of what lies in files are what the power steps came to. */
async function everything(folder: string, thread?: WeightThread): Promise<readonly string[]> {
  await using model = await openModel(folder, { thread });
  // The steps have been begun: wait until a job behind them is done.
  await Promise.all([1, 2].map((each) => thread?.copy(join(folder, "saved_model.pb"), join(folder, `copy${each}`))));
  const [placed, read] = [model.parameters(), model.parameters()];
  const found: string[] = [];
  for (const name of model.graph.parameters.keys()) {
    const pieces: Buffer[] = [];
    for await (const piece of float32Pieces(read, name)) {
      pieces.push(Buffer.from(piece.buffer.slice(piece.byteOffset, piece.byteOffset + piece.byteLength)));
    }
    found.push(`${name} ${JSON.stringify(await placed.stored?.(name))} ${Buffer.concat(pieces).toString("hex")}`);
  }
  return found;
}

it.each(["biggan-mini", "biggan-deep-mini"])(
  "%s is the same, bit by bit, with power steps taken ahead",
  async (name) => {
    const folder = await unpackedFixture(name);
    await using thread = openWeightThread();
    expect(await everything(folder, thread)).toEqual(await everything(folder));
  },
);

it("a damaged weight is told in the same words", async () => {
  const folder = await unpackedFixture("biggan-mini");
  const data = join(folder, "variables", "variables.data-00000-of-00001");
  const bytes = await readFile(data);
  for (let at = 0; at < bytes.length; at += 512) bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(data, bytes);
  await using thread = openWeightThread();
  const words = async (given?: WeightThread) =>
    String(await everything(folder, given).catch((error: unknown) => error));
  expect(await words()).toContain("CRC-32C: expected");
  expect(await words(thread)).toBe(await words());
});
