/**
 * The float32 arrays of the `goldens.npz` of an export, by name: `{ shape, data }`. The archive is a zip of stored files
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7), each a .npy (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
export function parseNpz(buffer) {
  const view = new DataView(buffer);
  const text = (start, length) => new TextDecoder().decode(new Uint8Array(buffer, start, length));
  const arrays = new Map();
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const [size, nameLength, extraLength] = [
      view.getUint32(at + 18, true),
      view.getUint16(at + 26, true),
      view.getUint16(at + 28, true),
    ];
    const name = text(at + 30, nameLength).replace(/\.npy$/, "");
    const start = at + 30 + nameLength + extraLength;
    const header = text(start + 10, view.getUint16(start + 8, true));
    if (!header.includes("'<f4'")) throw new Error(`goldens.npz: ${name}: expected float32, found ${header.trim()}`);
    const shape = [.../\(([^)]*)\)/.exec(header)[1].matchAll(/\d+/g)].map(Number);
    const values = start + 10 + header.length;
    // A copy: the numbers need not lie at a multiple of 4.
    arrays.set(name, { shape, data: new Float32Array(buffer.slice(values, start + size)) });
    at = start + size;
  }
  return arrays;
}
