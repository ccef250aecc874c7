import { elementCount, type Shape } from "../../core/tensor.js";

/** How many images, channels and positions a value has: [n, …, c]. A vector [c] is one image of one position. */
export interface Extents {
  /** Images; 1 for what all images share. */
  readonly rows: number;
  readonly positions: number;
  readonly width: number;
}

export function extentsOf(shape: Shape): Extents {
  const rows = shape.length < 2 ? 1 : (shape[0] ?? 1);
  const width = shape.at(-1) ?? 1;
  return { rows, width, positions: elementCount(shape) / (rows * width) };
}

/**
 * Variances of the errors of a value, one for each element, as a product: that of channel c at position p of an image is
 * channels[c] * places[p]. Which channels err and where are kept apart, so a field is small beside the value.
 */
export interface Field extends Extents {
  /** [rows, width]: means over the positions. */
  readonly channels: Float64Array;
  /** [rows, positions], with a mean of 1 in each row. */
  readonly places: Float64Array;
}

/** The same at every position. */
export function uniform(extents: Extents, channels: Float64Array): Field {
  return { ...extents, channels, places: new Float64Array(extents.rows * extents.positions).fill(1) };
}

export function noError(extents: Extents): Field {
  return uniform(extents, new Float64Array(extents.rows * extents.width));
}

/** The field with these means over the channels at each position: `places` in any measure, scaled here; where a row has only zeros, 1. */
export function placed(extents: Extents, channels: Float64Array, places: Float64Array): Field {
  const { rows, positions } = extents;
  const scaled = new Float64Array(rows * positions);
  for (let row = 0; row < rows; row++) {
    const own = places.subarray(row * positions, (row + 1) * positions);
    const mean = own.reduce((sum, place) => sum + place, 0) / positions;
    for (let p = 0; p < positions; p++) scaled[row * positions + p] = mean > 0 ? (own[p] ?? 0) / mean : 1;
  }
  return { ...extents, channels, places: scaled };
}

/** Independent errors added up: channels add, and each field's places count as much as its errors. */
export function mixed(fields: readonly [Field, ...Field[]]): Field {
  const [{ rows, width, positions }] = fields;
  const channels = new Float64Array(rows * width);
  const places = new Float64Array(rows * positions);
  for (const field of fields) {
    for (let row = 0; row < rows; row++) {
      const weight = total(field, row);
      if (weight === 0) continue;
      for (let c = row * width; c < (row + 1) * width; c++) channels[c] = (channels[c] ?? 0) + (field.channels[c] ?? 0);
      for (let p = row * positions; p < (row + 1) * positions; p++) {
        places[p] = (places[p] ?? 0) + weight * (field.places[p] ?? 0);
      }
    }
  }
  return placed({ rows, width, positions }, channels, places);
}

/** Each channel's variance times a factor. */
export function scaledBy(field: Field, factor: (row: number, channel: number) => number): Field {
  const { width, channels } = field;
  const scaled = channels.map((variance, index) => variance * factor(Math.floor(index / width), index % width));
  return { ...field, channels: scaled };
}

/** Errors multiplied by a factor of their own at each element, given squared, [rows, positions, width]. */
export function gated(field: Field, gate: (index: number) => number): Field {
  const { rows, width, positions } = field;
  const channels = new Float64Array(rows * width);
  const places = new Float64Array(rows * positions);
  for (let at = 0, index = 0; at < rows * positions; at++) {
    const first = Math.floor(at / positions) * width;
    const place = field.places[at] ?? 0;
    let sum = 0;
    for (let c = first; c < first + width; c++, index++) {
      const passed = gate(index) * (field.channels[c] ?? 0) * place;
      channels[c] = (channels[c] ?? 0) + passed / positions;
      sum += passed;
    }
    places[at] = sum;
  }
  return placed(field, channels, places);
}

/** Largest variance of any element of a row. */
export function worstOf({ width, positions, channels, places }: Field, row: number): number {
  const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), 0);
  const worstChannel = largest(channels.subarray(row * width, (row + 1) * width));
  return worstChannel * largest(places.subarray(row * positions, (row + 1) * positions));
}

function total({ width, channels }: Field, row: number): number {
  return channels.subarray(row * width, (row + 1) * width).reduce((sum, variance) => sum + variance, 0);
}
