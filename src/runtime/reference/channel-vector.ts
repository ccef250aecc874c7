import type { Tensor64 } from "./tensor64.js";

/** The numbers of one image of a vector [c], [1, c] or [n, c], of which one row may stand for all images. */
export function channelsAt(vector: Tensor64, image: number, channels: number): Float64Array<ArrayBuffer> {
  const row = vector.data.length === channels ? 0 : image;
  return vector.data.subarray(row * channels, (row + 1) * channels);
}

/** `f` of each pair of entries of two vectors [c], [1, c] or [n, c]. */
export function mapVectors(a: Tensor64, b: Tensor64, f: (a: number, b: number) => number): Tensor64 {
  const channels = a.shape.at(-1) ?? 1;
  if (b.shape.at(-1) !== channels) throw new Error(`vectors of ${channels} and ${b.shape.at(-1)} entries`);
  const [long, short] = a.data.length >= b.data.length ? [a, b] : [b, a];
  const shape = long.shape.length >= short.shape.length ? long.shape : [1, channels];
  const data = new Float64Array(long.data.length);
  const [ofA, ofB] = [a.data.length, b.data.length];
  for (let i = 0; i < data.length; i++) data[i] = f(a.data[i % ofA] ?? 0, b.data[i % ofB] ?? 0);
  return { shape, data };
}
