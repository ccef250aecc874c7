import { Buffer } from "node:buffer";
import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";
import { entryNamed, openZip, type ZipFile } from "../zip/open-zip.js";
import { quoteName, type ZipEntry } from "../zip/zip-directory.js";
import { DAMAGED, type PickleCursor } from "./instruction.js";
import { readStorageId } from "./storage-id.js";
import type { Serialised, StorageBytes } from "./storages.js";
import { checkPickleSize, unpickle } from "./unpickle.js";
import type { PickleStorage } from "./values.js";

/** Some bytes of an entry that says one word. */
const MAX_WORD_BYTES = 64;

const PICKLE = "/data.pkl";

/**
 * What `torch.save` writes since 1.6: a zip archive with one folder, in it `data.pkl` and `data/<key>` for each storage.
 * https://github.com/pytorch/pytorch/blob/v2.9.0/torch/serialization.py (`_save`, `_load`)
 */
export async function openZipSerialisation(source: ByteSource, options: ReadOptions): Promise<Serialised> {
  const zip = await openZip(source, options);
  const folder = archiveFolder(zip);
  await refuseBigEndian(zip, folder, options);
  const pickle = entryNamed(zip, `${folder}${PICKLE}`);
  checkPickleSize(zip.file, pickle.uncompressedSize);
  const bytes = await zip.read(pickle, 0, pickle.uncompressedSize, options);
  const cursor: PickleCursor = { file: `${zip.file}/${pickle.name}`, bytes, base: 0, offset: 0 };
  const seen = new Map<string, PickleStorage>();
  const root = unpickle(cursor, (id, machine) => readStorageId(id, machine, { seen }));
  if (cursor.offset !== bytes.length) {
    const place = { file: cursor.file, offset: cursor.offset, field: "pickle" };
    throw new FormatError(place, "its end", `${bytes.length - cursor.offset} bytes more`, DAMAGED);
  }
  const storages = new Map(Array.from(seen, ([key, storage]) => [key, storageBytes(zip, folder, storage)]));
  return { format: "pytorch-zip", root, storages, hasChecksums: zip.hasChecksums };
}

/** The folder that all entries are in: `archive`, or the name of the file that was saved to. */
function archiveFolder({ file, entries }: ZipFile): string {
  const fail = (expected: string, found: string, hint: string): never => {
    throw new FormatError({ file, field: "archive" }, expected, found, { hint });
  };
  const pickles = [...entries.keys()].filter((name) => name.endsWith(PICKLE) && name.split("/").length === 2);
  const [first] = pickles;
  if (first === undefined || pickles.length > 1) {
    return fail("one data.pkl in a folder", `${pickles.length}`, "This is not a file that torch.save wrote.");
  }
  const folder = first.slice(0, -PICKLE.length);
  if (entries.has(`${folder}/constants.pkl`)) {
    const hint = "In Python, load it with torch.jit.load as you trust it, and save model.state_dict() with torch.save.";
    fail("a file of torch.save", "a TorchScript archive, with code", hint);
  }
  return folder;
}

async function refuseBigEndian(zip: ZipFile, folder: string, options: ReadOptions): Promise<void> {
  const entry = zip.entries.get(`${folder}/byteorder`);
  if (entry === undefined) return;
  const word = Buffer.from(await zip.head(entry, MAX_WORD_BYTES, options)).toString("latin1");
  if (word === "little") return;
  throw new FormatError({ file: zip.file, field: entry.name }, "little", quoteName(word), {
    hint: "Save the file again on a machine of x86 or ARM.",
  });
}

function storageBytes(zip: ZipFile, folder: string, { key, type, count }: PickleStorage): StorageBytes {
  const entry = entryNamed(zip, `${folder}/data/${key}`);
  const byteLength = count * type.bytes;
  if (entry.uncompressedSize !== byteLength) {
    const found = `${entry.uncompressedSize}`;
    const place = { file: zip.file, offset: entry.header, field: quoteName(entry.name) };
    throw new FormatError(place, `${byteLength} bytes for ${count} of ${type.name}`, found, DAMAGED);
  }
  return entryBytes(zip, entry);
}

function entryBytes(zip: ZipFile, entry: ZipEntry): StorageBytes {
  return {
    byteLength: entry.uncompressedSize,
    place: (offset) => (offset === 0 ? entry.name : `${entry.name} @ ${offset}`),
    pieces: (start, end, options) => zip.pieces(entry, start, end, options),
    ...(entry.method === "stored" && {
      slice: (start: number, end: number, options?: Parameters<ZipFile["slice"]>[3]) =>
        zip.slice(entry, start, end, options),
    }),
  };
}
