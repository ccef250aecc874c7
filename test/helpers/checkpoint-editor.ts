import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  entryMessage,
  headerMessage,
  maskedCrc,
  type TableEntry,
  tableBytes,
} from "../../scripts/fixtures/bundle-writer.mjs";
import { type BundleRecord, readRecord } from "../../src/formats/tf-bundle/bundle-message.js";
import { readTable } from "../../src/formats/tf-bundle/table.js";

const INDEX = "variables/variables.index";
export const DATA = "variables/variables.data-00000-of-00001";

/** What may be changed of a tensor. */
export interface TensorEdit {
  readonly name?: string;
  readonly shape?: readonly number[];
  readonly offset?: number;
  /** Gets the tensor's bytes to change in place. */
  readonly bytes?: (bytes: Buffer) => void;
  /** Whether the stored checksum stays that of the bytes before; otherwise it is made to fit. */
  readonly keepChecksum?: boolean;
}

const text = (key: Uint8Array) => Buffer.from(key).toString("utf8");

/**
 * Rewrites the index of an unpacked module with right checksums: `edit` says what becomes of one tensor, `null` that it goes.
 * Data bytes are changed in place.
 */
export async function editTensor(module: string, name: string, edit: TensorEdit | null): Promise<void> {
  const file = path.join(module, INDEX);
  const data = await readFile(path.join(module, DATA));
  let found = false;
  const entries: TableEntry[] = [];
  for (const entry of readTable(file, await readFile(file))) {
    if (text(entry.key) !== name) {
      entries.push(entry);
      continue;
    }
    found = true;
    if (edit !== null) entries.push(edited(name, readRecord(file, entry, name, 1), data, edit));
  }
  if (!found) throw new Error(`${name} is not in the checkpoint`);
  entries.sort((a, b) => Buffer.compare(a.key, b.key));
  await writeFile(file, tableBytes(entries));
  await writeFile(path.join(module, DATA), data);
}

function edited(name: string, record: BundleRecord, data: Buffer, edit: TensorEdit): TableEntry {
  const bytes = data.subarray(record.offset, record.offset + record.size);
  edit.bytes?.(bytes);
  const value = entryMessage({
    dtype: record.dataType,
    shape: edit.shape ?? record.shape,
    offset: edit.offset ?? record.offset,
    size: record.size,
    crc: edit.keepChecksum ? record.crc : maskedCrc(bytes),
  });
  return { key: Buffer.from(edit.name ?? name), value };
}

/** A tensor as a checkpoint stores it. `dataType` is TensorFlow's number: 1 float32, 9 int64. */
export interface StoredTensor {
  readonly name: string;
  readonly dataType: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** How the index is written. */
export interface IndexForm {
  readonly entriesPerBlock?: number;
  readonly compress?: (bytes: Buffer) => Uint8Array;
  readonly endianness?: number;
}

/** Writes the whole checkpoint of an unpacked module anew, one data file, with what `change` makes of its tensors. */
export async function rewriteCheckpoint(
  module: string,
  change: (tensors: readonly StoredTensor[]) => readonly StoredTensor[],
  { endianness = 0, ...form }: IndexForm = {},
): Promise<void> {
  const file = path.join(module, INDEX);
  const data = await readFile(path.join(module, DATA));
  const tensors: StoredTensor[] = [];
  for (const entry of readTable(file, await readFile(file))) {
    if (entry.key.length === 0) continue;
    const { dataType, shape, offset, size } = readRecord(file, entry, text(entry.key), 1);
    tensors.push({ name: text(entry.key), dataType, shape, bytes: data.subarray(offset, offset + size) });
  }
  const entries: TableEntry[] = [{ key: Buffer.from(""), value: headerMessage({ endianness }) }];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, dataType, shape, bytes } of change(tensors)) {
    const value = entryMessage({ dtype: dataType, shape, offset, size: bytes.length, crc: maskedCrc(bytes) });
    entries.push({ key: Buffer.from(name), value });
    parts.push(bytes);
    offset += bytes.length;
  }
  entries.sort((a, b) => Buffer.compare(a.key, b.key));
  await writeFile(file, tableBytes(entries, form));
  await writeFile(path.join(module, DATA), Buffer.concat(parts));
}
