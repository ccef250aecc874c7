/**
 * Numbers as 8-bit codes, one scale for each output channel, which is the last axis of every parameter: [kh, kw, in, out],
 * [in, out], [rows, channels]. A number is `code * scale`, or `offset + code * scale` where there are offsets.
 */
export interface Int8Channels {
  readonly codes: Int8Array<ArrayBuffer>;
  /** [channels], above 0. */
  readonly scales: Float32Array<ArrayBuffer>;
  /** [channels], for tables of statistics alone. */
  readonly offsets?: Float32Array<ArrayBuffer>;
}

/** -128 is left out, so that a code and its negative both exist. */
const LIMIT = 127;

/**
 * The largest code of weights that are multiplied as integers. x86-64 processors without VNNI add two products of a uint8 and an int8 in 16 bits, which
 * saturate: 2 * 255 * 64 fits, 2 * 255 * 127 does not. Half the codes, and the same pictures on every processor.
 * https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html#when-and-why-do-i-need-to-try-u8u8
 */
export const PRODUCT_LIMIT = 64;

/** Symmetric: a channel's largest magnitude gets the code `limit` or its negative, zero stays zero. */
export function toInt8(values: Float32Array, channels: number, limit = LIMIT): Int8Channels {
  const largest = new Float64Array(channels);
  for (let row = 0; row < values.length; row += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const magnitude = Math.abs(values[row + channel] ?? 0);
      if (magnitude > (largest[channel] ?? 0)) largest[channel] = magnitude;
    }
  }
  const scales = Float32Array.from(largest, (magnitude) => scaleFor(magnitude, limit));
  return { codes: codesOf(values, scales, new Float32Array(channels), limit), scales };
}

/**
 * With an offset: a channel's smallest number gets -127, its largest 127. A channel's moments change by little from one
 * truncation to the next, so its range is far narrower than its largest magnitude.
 */
export function toInt8Table(values: Float32Array, channels: number): Required<Int8Channels> {
  const smallest = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const largest = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < values.length; row += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[row + channel] ?? 0;
      if (value < (smallest[channel] ?? 0)) smallest[channel] = value;
      if (value > (largest[channel] ?? 0)) largest[channel] = value;
    }
  }
  const offsets = Float32Array.from(smallest, (least, channel) => (least + (largest[channel] ?? 0)) / 2);
  const scales = Float32Array.from(largest, (most, channel) => scaleFor(most - (offsets[channel] ?? 0), LIMIT));
  return { codes: codesOf(values, scales, offsets, LIMIT), scales, offsets };
}

/** The numbers that the codes stand for, each rounded to float32. */
export function fromInt8({ codes, scales, offsets }: Int8Channels): Float32Array<ArrayBuffer> {
  const channels = scales.length;
  const values = new Float32Array(codes.length);
  for (let row = 0; row < codes.length; row += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const scaled = Math.fround((codes[row + channel] ?? 0) * (scales[channel] ?? 1));
      values[row + channel] = offsets === undefined ? scaled : scaled + (offsets[channel] ?? 0);
    }
  }
  return values;
}

function codesOf(
  values: Float32Array,
  scales: Float32Array,
  offsets: Float32Array,
  limit: number,
): Int8Array<ArrayBuffer> {
  const channels = scales.length;
  const codes = new Int8Array(values.length);
  for (let row = 0; row < values.length; row += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const steps = Math.round(((values[row + channel] ?? 0) - (offsets[channel] ?? 0)) / (scales[channel] ?? 1));
      codes[row + channel] = steps > limit ? limit : steps < -limit ? -limit : steps;
    }
  }
  return codes;
}

/** A channel of zeros, or of numbers that float32 can scarcely tell from zero, is all codes of 0. */
function scaleFor(largest: number, limit: number): number {
  return largest / limit < 1e-30 ? 1 : largest / limit;
}
