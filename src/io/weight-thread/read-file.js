// Reads other files, which stay open.
import { closeSync, openSync, readSync } from "node:fs";

/** Path -> descriptor. */
const files = new Map();

/** Those of a worker are closed with it. */
export function closeFiles() {
  for (const file of files.values()) closeSync(file);
  files.clear();
}

function descriptorOf(file) {
  const known = files.get(file) ?? openSync(file, "r");
  files.set(file, known);
  return known;
}

/** Fills `bytes` from a file. What it throws says of which. */
export function readFile(file, bytes, position) {
  try {
    for (let done = 0; done < bytes.byteLength; ) {
      const count = readSync(descriptorOf(file), bytes, done, bytes.byteLength - done, position + done);
      if (count === 0) {
        const ended = { offset: position + done, needed: position + bytes.byteLength };
        throw Object.assign(new Error("the end of the file"), { ended });
      }
      done += count;
    }
  } catch (error) {
    throw Object.assign(error, { source: file });
  }
}
