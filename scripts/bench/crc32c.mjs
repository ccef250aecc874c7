// The floor of reading with checksums: node crc32c.mjs FILE [COPY], 4 MiB at a time; with COPY the bytes are written as well.
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { crc32c } from "@node-rs/crc32";

const [file, copy] = process.argv.slice(2);
const piece = Buffer.allocUnsafe(4 << 20);
const from = openSync(file, "r");
const to = copy === undefined ? undefined : openSync(copy, "w");
let sum = 0;
for (let length = readSync(from, piece); length > 0; length = readSync(from, piece)) {
  const bytes = piece.subarray(0, length);
  sum = crc32c(bytes, sum);
  if (to !== undefined) writeSync(to, bytes);
}
if (to !== undefined) closeSync(to);
closeSync(from);
console.log(sum.toString(16));
