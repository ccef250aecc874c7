import { portableCrc32, verifyCrc32 } from "./crc32.js";
import { entryInflater, STEP_BYTES } from "./inflate-entry.js";
import { localHeaderBytes, parseLocalHeader } from "./local-header.js";
import type { ZipEntry } from "./zip-directory.js";

/** An entry of an archive in memory: a view of it when stored, else inflated. Size and CRC-32 must be what the directory says. */
export function readZipEntry(file: string, archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const header = archive.subarray(entry.header, entry.header + localHeaderBytes(entry));
  const { start, end } = parseLocalHeader(file, entry, header);
  const packed = archive.subarray(start, end);
  const bytes = entry.method === "stored" ? packed : inflate(file, packed, entry);
  verifyCrc32(file, entry, portableCrc32(bytes));
  return bytes;
}

function inflate(file: string, packed: Uint8Array, entry: ZipEntry): Uint8Array {
  const step = entryInflater(file, entry);
  const out = new Uint8Array(entry.uncompressedSize);
  let total = 0;
  for (let start = 0; start < packed.length; start += STEP_BYTES) {
    const end = start + STEP_BYTES;
    for (const chunk of step(packed.subarray(start, end), end >= packed.length)) {
      out.set(chunk, total);
      total += chunk.length;
    }
  }
  return out;
}
