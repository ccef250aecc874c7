// Power steps of weights (spectral-norm.ts), beside the thread that reads the module's graph.
import { createRequire } from "node:module";
import { kernels, room } from "./kernel-memory.js";
import { readFile } from "./read-file.js";
import { timed } from "./timed.js";

/** A step that nobody has begun, or that this thread has; the caller's are another number. */
const FREE = 0;
const OURS = 1;

/** Small enough that what was read is still in the processor's cache when it is summed up. */
const PIECE_BYTES = 256 * 1024;

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
const DOUBLE_BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Undefined where the package is not there for this platform: without it, this thread would be slower than the other one. */
function nativeCrc32c() {
  try {
    return createRequire(import.meta.url)("@node-rs/crc32").crc32c;
  } catch {
    return undefined;
  }
}

/**
 * Takes the steps that nobody has begun, and says what each comes to. One with which anything is wrong comes to nothing: the other thread finds it again, and
 * words it.
 */
export function takeSteps({ steps, claims }, tell) {
  const crc32c = nativeCrc32c();
  if (crc32c === undefined) return;
  for (const [at, step] of steps.entries()) {
    if (Atomics.compareExchange(claims, at, FREE, OURS) !== FREE) continue;
    const costs = { reading: 0, verifying: 0, stepping: 0 };
    tell({ kind: "step", at, sums: takeStep(step, crc32c, costs), costs });
  }
}

function takeStep({ out, u, weight }, crc32c, costs) {
  // In the kernels' memory: u and b [out] float64, then rows.
  const [b, input] = [out * DOUBLE_BYTES, 2 * out * DOUBLE_BYTES];
  const rowBytes = out * FLOAT_BYTES;
  const pieceBytes = rowBytes * Math.max(1, Math.floor(PIECE_BYTES / rowBytes));
  const { buffer } = room(input + pieceBytes);
  const image = new Float64Array(buffer, b, out).fill(0);
  let squares = 0;

  /** A tensor's bytes, at `input` in pieces of whole rows. False when their checksum is another one. */
  function goThrough(floats, use) {
    let checksum = 0;
    for (let start = 0; start < floats.byteLength; start += pieceBytes) {
      const piece = new Uint8Array(buffer, input, Math.min(pieceBytes, floats.byteLength - start));
      timed(costs, "reading", () => readFile(floats.file, piece, floats.offset + start));
      checksum = timed(costs, "verifying", () => crc32c(piece, checksum));
      use(piece.byteLength / rowBytes);
    }
    return checksum === floats.crc32c;
  }

  try {
    const isRight = goThrough(u, () => new Float64Array(buffer, 0, out).set(new Float32Array(buffer, input, out)));
    const isWhole =
      isRight &&
      goThrough(weight, (rows) => {
        squares = timed(costs, "stepping", () => kernels().powerStep(input, rows, out, 0, b, squares));
      });
    return isWhole ? { squares, imageSquares: image.reduce((sum, value) => sum + value * value, 0) } : undefined;
  } catch {
    return undefined;
  }
}
