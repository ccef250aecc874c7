// Writes files and takes their SHA-256: of what it is sent, and of numbers that lie in other files, which are read, scaled and joined here.
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { kernels, room } from "./kernel-memory.js";
import { readFile } from "./read-file.js";
import { timed } from "./timed.js";

/** Small enough that what was read and hashed is still in the processor's cache when it is written. */
const PIECE_BYTES = 256 * 1024;

/** Of rows that are joined at a time there are more when they have many parts: the reads of each would be too short. */
const LEAST_READ_BYTES = 32 * 1024;
const MOST_JOINED_BYTES = 1024 * 1024;

/** What memory is rounded up to. */
const PAGE_BYTES = 65536;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** The kernel takes four numbers at a time. */
const LANES = 4;

/** Fills `bytes` with what lies from byte `start` of a term's rows on. */
function readRows({ file, start: first, rowStarts }, rowBytes, start, bytes) {
  if (rowStarts === undefined) return readFile(file, bytes, first + start);
  for (let done = 0; done < bytes.byteLength; ) {
    const [row, column] = [Math.floor((start + done) / rowBytes), (start + done) % rowBytes];
    const length = Math.min(rowBytes - column, bytes.byteLength - done);
    readFile(file, bytes.subarray(done, done + length), rowStarts[row] + column);
    done += length;
  }
}

/** Bytes `start` to `end` of a part's rows, computed, at the beginning of the kernel's memory. */
function computed({ rowBytes, terms }, start, end, costs) {
  const length = end - start;
  const count = Math.ceil(length / FLOAT_BYTES / LANES) * LANES;
  // Sums are float64, behind what is read.
  const sum = count * FLOAT_BYTES;
  const memory = room(terms.length > 1 ? 3 * sum : length);
  const result = memory.subarray(0, length);
  const readTerm = (term) => timed(costs, "reading", () => readRows(term, rowBytes, start, result));
  const [first, ...others] = terms;
  if (others.length === 0) {
    readTerm(first);
    if (first.factor !== 1) timed(costs, "scaling", () => kernels().multiply(0, 0, count, first.factor));
    return result;
  }
  memory.fill(0, sum, 3 * sum);
  for (const term of terms) {
    readTerm(term);
    timed(costs, "scaling", () => kernels().accumulate(0, sum, count, term.factor));
  }
  kernels().round(sum, 0, count);
  return result;
}

/** Bytes `start` to `end` of rows that are parts side by side. */
function* joined({ rows, parts }, start, end, costs) {
  const rowBytes = parts.reduce((sum, part) => sum + part.rowBytes, 0);
  const atOnce = Math.max(PIECE_BYTES, Math.min(MOST_JOINED_BYTES, parts.length * LEAST_READ_BYTES));
  const rowsAtOnce = Math.min(rows, Math.max(1, Math.floor(atOnce / rowBytes)));
  // Behind what the rows of one part are computed in: sums take three times as much, each rounded up to a page.
  const working = parts.map((part) => (part.terms.length > 1 ? 3 : 1) * (rowsAtOnce * part.rowBytes + PAGE_BYTES));
  const result = Math.max(...working);
  const all = room(result + rowsAtOnce * rowBytes);
  for (let row = Math.floor(start / rowBytes); row * rowBytes < end; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    let target = result;
    for (const part of parts) {
      const width = part.rowBytes;
      computed(part, row * width, (row + count) * width, costs);
      for (let each = 0; each < count; each++)
        all.copyWithin(target + each * rowBytes, each * width, (each + 1) * width);
      target += width;
    }
    const before = row * rowBytes;
    const [from, to] = [Math.max(0, start - before), Math.min(count * rowBytes, end - before)];
    yield all.subarray(result + from, result + to);
  }
}

/** The bytes of a part of a file, in pieces that are valid until the next is asked for. */
function* piecesOf({ memory, floats, start, end }, costs) {
  if (floats !== undefined && floats.parts.length > 1) return yield* joined(floats, start, end, costs);
  for (let at = start; at < end; at += PIECE_BYTES) {
    const to = Math.min(at + PIECE_BYTES, end);
    yield memory === undefined ? computed(floats.parts[0], at, to, costs) : new Uint8Array(memory, at, to - at);
  }
}

/** Writes a file of pieces, each hashed while it is near. */
function writePieces(path, pieces, costs) {
  const sha256 = createHash("sha256");
  const file = openSync(path, "w");
  let bytes = 0;
  try {
    for (const piece of pieces) {
      timed(costs, "hashing", () => sha256.update(piece));
      timed(costs, "writing", () => {
        // One write may take less than it is given.
        for (let done = 0; done < piece.byteLength; ) done += writeSync(file, piece, done);
      });
      bytes += piece.byteLength;
    }
  } finally {
    closeSync(file);
  }
  return { kind: "written", bytes, sha256: sha256.digest("hex"), costs };
}

function save({ path, parts }, costs) {
  function* pieces() {
    for (const part of parts) yield* piecesOf(part, costs);
  }
  return writePieces(path, pieces(), costs);
}

/** As it is, to its end. */
function copy({ from, path }, costs) {
  const source = openSync(from, "r");
  const memory = room(PIECE_BYTES);
  function* pieces() {
    for (;;) {
      const count = timed(costs, "reading", () => readSync(source, memory, 0, PIECE_BYTES, null));
      if (count === 0) return;
      yield memory.subarray(0, count);
    }
  }
  try {
    return writePieces(path, pieces(), costs);
  } finally {
    closeSync(source);
  }
}

/** Does what messages.ts calls a FileToSave or FileToCopy. Throws what the system said, with `source` where it said it of a file that was read. */
export function write(job) {
  const costs = { reading: 0, scaling: 0, hashing: 0, writing: 0 };
  return job.kind === "copy" ? copy(job, costs) : save(job, costs);
}
