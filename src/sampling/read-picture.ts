import { PNG } from "pngjs";
import { FormatError, UsageError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { openFile } from "../io/file-source.js";

/** https://www.w3.org/TR/png-3/#5PNG-file-signature, then IHDR (11.2.1): width and height at 16 and 20, the interlace method at 28. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WIDTH_AT = 16;
const HEIGHT_AT = 20;
const INTERLACE_AT = 28;
const HEADER_BYTES = 33;
/** Of a chunk, beside what it holds; and the type of the last one. */
const CHUNK_BYTES = 12;
const IEND = 0x49454e44;

/** Of one channel, at most; colours that do not compress take a little more than they are. */
const BYTES_PER_PIXEL = 8;
/** Room for what a PNG holds beside its pixels: a colour profile, a description. */
const MAX_BESIDE_BYTES = 4 * 1024 * 1024;

const OPAQUE = 255;
const HINT = "Save it again as a PNG without interlacing.";
const DAMAGED = "The picture is truncated or damaged: fetch or save it again.";

/**
 * PNG files as one batch [n, side, side, 3] in [-1, 1], as discriminators were trained on: 2 p / 255 - 1 for an 8-bit p. Grey pictures have three equal
 * channels. A picture of another size is a {@link UsageError}; what is no PNG, or is not opaque, a {@link FormatError}.
 */
export async function readPictures(files: readonly string[], side: number, options: ReadOptions = {}): Promise<Tensor> {
  const data = new Float32Array(files.length * side * side * 3);
  for (const [index, file] of files.entries()) {
    await using source = await openFile(file);
    const most = side * side * BYTES_PER_PIXEL + MAX_BESIDE_BYTES;
    const header = await source.slice(0, Math.min(source.byteLength, HEADER_BYTES), options);
    checkHeader(file, header, side);
    if (source.byteLength > most) {
      throw new FormatError({ file, field: "size" }, `at most ${most} bytes`, String(source.byteLength), {
        hint: HINT,
      });
    }
    data.set(parsePicture(file, await source.slice(0, source.byteLength, options), side), index * side * side * 3);
  }
  return { shape: [files.length, side, side, 3], data };
}

/** Looks at the size before any pixel is unpacked: a PNG may claim 2^31 x 2^31. */
function checkHeader(file: string, header: Uint8Array, side: number): void {
  const bytes = Buffer.from(header);
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
    throw new FormatError({ file, offset: 0, field: "signature" }, "a PNG", "something else", {
      hint: "Only PNG pictures are read.",
    });
  }
  const [width, height] = [bytes.readUInt32BE(WIDTH_AT), bytes.readUInt32BE(HEIGHT_AT)];
  if (width !== side || height !== side) {
    throw new UsageError(`${file}: expected a picture of ${side} x ${side}, found ${width} x ${height}`, {
      hint: `Crop it to a square and scale it to ${side} x ${side}: how that is done changes what a discriminator says, so it is not done here.`,
    });
  }
  if (bytes[INTERLACE_AT] !== 0) {
    throw new FormatError({ file, offset: INTERLACE_AT, field: "interlace method" }, "0", `${bytes[INTERLACE_AT]}`, {
      hint: HINT,
    });
  }
}

/** The bytes of a PNG of `side` x `side` as numbers in [-1, 1]. */
export function parsePicture(file: string, bytes: Uint8Array, side: number): Float32Array<ArrayBuffer> {
  checkHeader(file, bytes.subarray(0, HEADER_BYTES), side);
  const pixels = decode(file, bytes);
  const found = new Float32Array(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    if (pixels[4 * pixel + 3] !== OPAQUE) {
      const at = `${pixel % side}, ${Math.floor(pixel / side)}`;
      throw new FormatError({ file, field: `pixel ${at}` }, "an opaque picture", "transparency", {
        hint: "Put it on a background, and save it again.",
      });
    }
    for (let c = 0; c < 3; c++) found[3 * pixel + c] = (2 * (pixels[4 * pixel + c] ?? 0)) / 255 - 1;
  }
  return found;
}

/** Whether the chunks, each a length, a type, so many bytes and a checksum, lead to the last one. */
function hasEnd(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + CHUNK_BYTES <= bytes.length; at += CHUNK_BYTES + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IEND) return true;
  }
  return false;
}

/** Red, green, blue and opacity of each pixel. */
function decode(file: string, bytes: Uint8Array): Uint8Array {
  const refuse = (found: string, cause?: unknown) =>
    new FormatError({ file, field: "pixels" }, "a whole PNG", found, { cause, hint: DAMAGED });
  // Checked here, as pngjs says "read requests waiting" of it.
  if (!hasEnd(bytes)) throw refuse("no chunk IEND: the file ends early");
  try {
    return PNG.sync.read(Buffer.from(bytes)).data;
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
