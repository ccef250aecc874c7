import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHdf5 } from "../../../src/formats/hdf5/open-hdf5.js";
import { golden } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const GIB = 1024 ** 3;

/** A file of h5py, one dataset's bytes moved to `place`: its address and the file's end are all that says where they are. */
async function moved(name: string, place: number): Promise<string> {
  const path = join(await temporaryFolder(), "far.h5");
  const source = golden("hdf5/types-earliest.h5");
  const bytes = await readFile(source);
  await using near = await openHdf5(source);
  const info = near.tensors.get(name);
  const start = Number(info?.origin.slice(2));
  const { byteLength = 0 } = info ?? {};
  const layout = Buffer.alloc(16);
  layout.writeBigUInt64LE(BigInt(start), 0);
  layout.writeBigUInt64LE(BigInt(byteLength), 8);
  const at = bytes.indexOf(layout);
  expect([at > 0, bytes.indexOf(layout, at + 1)]).toEqual([true, -1]);
  bytes.writeBigUInt64LE(BigInt(place), at);
  bytes.writeBigUInt64LE(BigInt(place + byteLength), 40);
  const file = await open(path, "w");
  await file.write(bytes, 0, bytes.length, 0);
  await file.write(bytes, start, byteLength, place);
  await file.close();
  return path;
}

test.each([3 * GIB, 5 * GIB + 1])("a tensor at byte %d is read", async (place) => {
  await using near = await openHdf5(golden("hdf5/types-earliest.h5"));
  const path = await moved("floats/<f4", place);
  await using far = await openHdf5(path);
  expect(far.tensors.get("floats/<f4")?.origin).toBe(`@ ${place}`);
  for (const name of near.tensors.keys()) expect(await far.read(name), name).toEqual(await near.read(name));
});
