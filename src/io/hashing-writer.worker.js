// Hashes and writes what it is sent, one file after another, beside the thread that makes it; numbers that lie in other files are read here. Plain
// JavaScript, because a worker's script is not compiled.
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

/** Small enough that what was read and hashed is still in the processor's cache when it is written. */
const PIECE_BYTES = 256 * 1024;

/** Of rows that are joined at a time there are more when they have many parts: the reads of each would be too short. */
const LEAST_READ_BYTES = 32 * 1024;
const MOST_JOINED_BYTES = 1024 * 1024;

const PAGE_BYTES = 65536;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** The kernel takes four numbers at a time. */
const LANES = 4;

const { memory, grow, multiply, accumulate, round } = new WebAssembly.Instance(workerData.kernels).exports;
let all = new Uint8Array(memory.buffer);

/** The kernel's memory, of at least so many bytes. */
function room(bytes) {
  const missing = Math.ceil((bytes - all.byteLength) / PAGE_BYTES);
  if (missing > 0) {
    grow(missing);
    all = new Uint8Array(memory.buffer);
  }
  return all;
}

/** Path -> descriptor. They are closed with the thread. */
const sources = new Map();

/** Does work on an account. */
function timed(costs, stage, work) {
  const before = performance.now();
  const result = work();
  costs[stage] += performance.now() - before;
  return result;
}

function read(file, bytes, position) {
  let source = sources.get(file);
  try {
    if (source === undefined) {
      source = openSync(file, "r");
      sources.set(file, source);
    }
    for (let done = 0; done < bytes.byteLength; ) {
      const count = readSync(source, bytes, done, bytes.byteLength - done, position + done);
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

/** Bytes `start` to `end` of a part's rows, computed, at the beginning of the kernel's memory. */
function computed({ terms }, start, end, costs) {
  const length = end - start;
  const count = Math.ceil(length / FLOAT_BYTES / LANES) * LANES;
  const readTerm = (term) =>
    timed(costs, "reading", () => read(term.file, all.subarray(0, length), term.start + start));
  const [first, ...others] = terms;
  if (others.length === 0) {
    room(length);
    readTerm(first);
    if (first.factor !== 1) timed(costs, "scaling", () => multiply(0, 0, count, first.factor));
    return all.subarray(0, length);
  }
  // Float64 behind what is read.
  const sum = count * FLOAT_BYTES;
  room(3 * sum).fill(0, sum, 3 * sum);
  for (const term of terms) {
    readTerm(term);
    timed(costs, "scaling", () => accumulate(0, sum, count, term.factor));
  }
  round(sum, 0, count);
  return all.subarray(0, length);
}

/** Bytes `start` to `end` of rows that are parts side by side. */
function* joined({ rows, parts }, start, end, costs) {
  const rowBytes = parts.reduce((sum, part) => sum + part.rowBytes, 0);
  const atOnce = Math.max(PIECE_BYTES, Math.min(MOST_JOINED_BYTES, parts.length * LEAST_READ_BYTES));
  const rowsAtOnce = Math.min(rows, Math.max(1, Math.floor(atOnce / rowBytes)));
  // Behind what the rows of one part are computed in: sums take three times as much, each rounded up to a page.
  const working = parts.map((part) => (part.terms.length > 1 ? 3 : 1) * (rowsAtOnce * part.rowBytes + PAGE_BYTES));
  const result = Math.max(...working);
  room(result + rowsAtOnce * rowBytes);
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

function save(path, parts) {
  const sha256 = createHash("sha256");
  const costs = { reading: 0, scaling: 0, hashing: 0, writing: 0 };
  const file = openSync(path, "w");
  try {
    for (const part of parts) {
      for (const piece of piecesOf(part, costs)) {
        timed(costs, "hashing", () => sha256.update(piece));
        timed(costs, "writing", () => {
          // One write may take less than it is given.
          for (let done = 0; done < piece.byteLength; ) done += writeSync(file, piece, done);
        });
      }
    }
  } finally {
    closeSync(file);
  }
  return { sha256: sha256.digest("hex"), costs };
}

parentPort?.on("message", ({ path, parts }) => {
  try {
    parentPort?.postMessage({ saved: save(path, parts) });
  } catch (error) {
    // Copies of errors lose what the system said: its parts are sent.
    const { message, code, syscall, source, ended } = error;
    parentPort?.postMessage({ failed: { message, code, syscall, source, ended } });
  }
});
