// Frames of the exchange between this program and the place where a model runs: the length of a JSON header (uint32, little-endian),
// the header, filled up with spaces to a multiple of 4, then the numbers of its tensors (float32, little-endian) in the header's
// order. Plain JavaScript, because browsers and child processes load it as it stands.

const LENGTH_BYTES = 4;

/** @param {object} facts @param {readonly {name: string, shape: readonly number[], data: Float32Array}[]} tensors */
export function encodeMessage(facts, tensors = []) {
  const listed = tensors.map(({ name, shape }) => ({ name, shape }));
  const text = new TextEncoder().encode(JSON.stringify({ facts, tensors: listed }));
  const padded = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const size = tensors.reduce((sum, { data }) => sum + data.byteLength, LENGTH_BYTES + padded);
  const bytes = new Uint8Array(size).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  new DataView(bytes.buffer).setUint32(0, padded, true);
  bytes.set(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + padded;
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** @param {ArrayBuffer} buffer Throws an Error when the frame is cut short or has bytes left over. */
export function decodeMessage(buffer) {
  if (buffer.byteLength < LENGTH_BYTES)
    throw new Error(`message: ${buffer.byteLength} bytes, too short for its length`);
  let offset = LENGTH_BYTES + new DataView(buffer).getUint32(0, true);
  if (offset > buffer.byteLength) throw new Error(`message: header ends at ${offset} of ${buffer.byteLength} bytes`);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, LENGTH_BYTES, offset - LENGTH_BYTES)));
  const tensors = header.tensors.map(({ name, shape }) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const data = new Float32Array(buffer.slice(offset, offset + count * Float32Array.BYTES_PER_ELEMENT));
    if (data.length !== count) throw new Error(`message: ${name}: ${data.length} of ${count} numbers`);
    offset += data.byteLength;
    return { name, shape, data };
  });
  if (offset !== buffer.byteLength) throw new Error(`message: ${buffer.byteLength - offset} bytes left over`);
  return { facts: header.facts, tensors };
}
