import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { entryMessage, maskedCrc, type TableEntry, tableBytes } from "../../scripts/fixtures/bundle-writer.mjs";
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
