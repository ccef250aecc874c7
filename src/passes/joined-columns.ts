import type { ParameterSource, PiecesOptions, StoredFloats, StoredPart, StoredTerm } from "../core/parameter-source.js";
import type { ReadOptions } from "../core/tensor-source.js";

/** Part of a matrix whose rows are those of others side by side. */
export interface Columns {
  /** The parameter that the part is of. */
  readonly parameter: string;
  /** Where in it the first row begins; the others follow. */
  readonly start: number;
  readonly width: number;
}

/** Values of a parameter in order. */
export type OpenPieces = (name: string, options: PiecesOptions) => AsyncIterable<Float32Array<ArrayBuffer>>;

/** Values that are handed on at a time: 1 MiB, or a row where that is longer. */
const PIECE_VALUES = 256 * 1024;

/** Values that all parts together have at hand: 4 MiB. */
const HELD_VALUES = 1024 * 1024;

/** The least that is read of one part at a time. */
const LEAST_VALUES = 16 * 1024;

/** The matrix [rows, sum of widths] row after row, each part read along with the others: no part is held whole. */
export async function* joinedColumns(
  parts: readonly Columns[],
  rows: number,
  open: OpenPieces,
  options: ReadOptions = {},
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const total = parts.reduce((sum, { width }) => sum + width, 0);
  const most = Math.max(LEAST_VALUES, Math.floor(HELD_VALUES / parts.length));
  const readers = parts.map(({ parameter, start, width }) =>
    valuesOf(open(parameter, { ...options, range: [start, start + rows * width], most })),
  );
  const rowsAtOnce = Math.max(1, Math.floor(PIECE_VALUES / total));
  const memory = new Float32Array(Math.min(rows, rowsAtOnce) * total);
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    let column = 0;
    for (const [part, { width }] of parts.entries()) {
      for (let each = 0; each < count; each++) {
        const target = memory.subarray(each * total + column, each * total + column + width);
        const reader = readers[part];
        // Waiting for what is there already would take longer than copying it.
        for (let done = reader?.take(target) ?? width; done < width; done += reader?.take(target.subarray(done)) ?? 0) {
          await reader?.more();
        }
      }
      column += width;
    }
    yield memory.subarray(0, count * total);
  }
}

/** Where the same matrix lies, when each of its parts lies in one piece, or is a table of as many rows. */
export async function storedColumns(
  { rows, parts }: { readonly rows: number; readonly parts: readonly Columns[] },
  stored: NonNullable<ParameterSource["stored"]>,
  options?: ReadOptions,
): Promise<StoredFloats | undefined> {
  const found: StoredPart[] = [];
  for (const { parameter, start, width } of parts) {
    const floats = await stored(parameter, options);
    const rowBytes = width * Float32Array.BYTES_PER_ELEMENT;
    const whole = wholeOf(floats);
    const table = start === 0 ? tableOf(floats, rows, rowBytes) : undefined;
    if (whole !== undefined) {
      const from = whole.start + start * Float32Array.BYTES_PER_ELEMENT;
      found.push({ rowBytes, terms: [{ ...whole, start: from }] });
    } else if (table !== undefined) found.push(table);
    else return undefined;
  }
  return { rows, parts: found };
}

/** The one part of a matrix of that size. */
function tableOf(floats: StoredFloats | undefined, rows: number, rowBytes: number): StoredPart | undefined {
  const [part, ...others] = floats?.parts ?? [];
  return floats?.rows === rows && others.length === 0 && part?.rowBytes === rowBytes ? part : undefined;
}

/** The one place of values that lie side by side as they are. */
export function wholeOf(floats: StoredFloats | undefined): StoredTerm | undefined {
  const [part, ...others] = floats?.parts ?? [];
  return floats?.rows === 1 && others.length === 0 && part?.terms.length === 1 ? part.terms[0] : undefined;
}

interface Values {
  /** Copies values that are at hand, and says how many. */
  take(target: Float32Array): number;
  /** When none are at hand: reads the next. Throws an Error when there are no more. */
  more(): Promise<void>;
}

function valuesOf(pieces: AsyncIterable<Float32Array<ArrayBuffer>>): Values {
  const iterator = pieces[Symbol.asyncIterator]();
  let piece = new Float32Array(0);
  let taken = 0;
  return {
    take(target) {
      const part = piece.subarray(taken, taken + target.length);
      target.set(part);
      taken += part.length;
      return part.length;
    },
    async more() {
      const next = await iterator.next();
      if (next.done === true) throw new Error("derived parameters: a part is shorter than its shape says");
      piece = next.value;
      taken = 0;
    },
  };
}
