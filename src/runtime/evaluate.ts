import { throwIfAborted, UsageError } from "../core/errors.js";
import type { FloatArray, Tensor } from "../core/tensor.js";
import { checkLabels, checkMatrix, checkPictures, checkTruncation } from "./requests.js";
import type { DiscriminatorInputs, ModelInputs, RunOptions, Runtime } from "./runtime.js";

/** Rows for a generator, each with its own truncation. */
export interface EvaluationInputs {
  /** [n, zDim], already multiplied by the truncation. */
  readonly z: Tensor;
  /** [n, classes] */
  readonly y: Tensor;
  /** 0 … 1: one for all rows, or n. */
  readonly truncation: number | readonly number[];
}

/** Rows for a graph of either role. */
export type RowInputs = EvaluationInputs | DiscriminatorInputs;

export interface EvaluateOptions extends RunOptions {
  /** Most rows to run at once. */
  readonly batchSize?: number;
  /** Called after each batch. */
  readonly onRows?: (done: number, total: number) => void;
}

/** Rows that run together: positions in the caller's order. */
interface Batch {
  readonly inputs: ModelInputs;
  readonly rows: readonly number[];
}

/**
 * Runs any number of rows in batches (of a generator, of equal truncation: a run has one, for it selects the statistics), and returns each
 * layer [n, …] in the order of the rows. Wrong shapes and a truncation outside 0 … 1 are UsageErrors.
 */
export async function evaluate(
  runtime: Runtime,
  inputs: RowInputs,
  options: EvaluateOptions = {},
): Promise<Map<string, Tensor>> {
  const { batchSize = 8, onRows, ...runOptions } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new UsageError(`batch size: expected a whole number from 1, found ${batchSize}`);
  }
  const [total, batches] = "x" in inputs ? scored(inputs, batchSize) : generated(inputs, batchSize);
  const results = new Map<string, Tensor>();
  let done = 0;
  for (const { inputs: batch, rows } of batches) {
    throwIfAborted(runOptions.signal);
    const outputs = await runtime.run(batch, runOptions);
    for (const [name, output] of outputs) putRows(results, name, output, rows, total);
    done += rows.length;
    onRows?.(done, total);
  }
  return results;
}

/** How many rows there are, and the batches, each cut out when it is reached. */
type Work = readonly [total: number, batches: Iterable<Batch>];

function scored({ x, y }: DiscriminatorInputs, size: number): Work {
  const total = checkPictures("x", x);
  checkLabels(y, total, "x");
  const all = Array.from({ length: total }, (_, row) => row);
  return [total, cutOut(inRuns(all, size), (rows) => ({ x: takeRows(x, rows), y: takeRows(y, rows) }))];
}

function generated(inputs: EvaluationInputs, size: number): Work {
  const { z, y } = inputs;
  const truncations = truncationOfRows(inputs);
  const groups = byTruncation(truncations).flatMap((group) => inRuns(group, size));
  const batch = (rows: readonly number[]): ModelInputs => ({
    z: takeRows(z, rows),
    y: takeRows(y, rows),
    truncation: truncations[rows[0] ?? 0] ?? 1,
  });
  return [truncations.length, cutOut(groups, batch)];
}

function* cutOut(
  groups: readonly (readonly number[])[],
  batch: (rows: readonly number[]) => ModelInputs,
): Generator<Batch> {
  for (const rows of groups) yield { inputs: batch(rows), rows };
}

/** Checks the inputs against each other (the runtime checks them against its graph) and gives every row its truncation. */
function truncationOfRows({ z, y, truncation }: EvaluationInputs): readonly number[] {
  const rows = checkMatrix("z", z);
  checkLabels(y, rows, "z");
  const each = typeof truncation === "number" ? Array.from({ length: rows }, () => truncation) : truncation;
  if (each.length !== rows) {
    throw new UsageError(`truncation: expected one number, or ${rows}, as many as z has rows, found ${each.length}`);
  }
  for (const [row, value] of each.entries()) {
    checkTruncation(value, typeof truncation === "number" ? "truncation" : `truncation of row ${row}`);
  }
  return each;
}

/** Rows of equal truncation, in the order in which it first appears. */
function byTruncation(truncations: readonly number[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const [row, truncation] of truncations.entries()) {
    const group = groups.get(truncation);
    if (group === undefined) groups.set(truncation, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** Cut in runs of at most `size`. */
function inRuns(rows: readonly number[], size: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/** Some rows of a tensor [n, …], copied, in the order given. */
export function takeRows({ shape, data }: Tensor, rows: readonly number[]): Tensor {
  const width = data.length / (shape[0] ?? 1);
  const taken = emptyLike(data, rows.length * width);
  for (const [position, row] of rows.entries()) {
    taken.set(data.subarray(row * width, (row + 1) * width), position * width);
  }
  return { shape: [rows.length, ...shape.slice(1)], data: taken };
}

/** Copies a batch's rows to their places in the result, which is made when its first batch comes. */
function putRows(
  results: Map<string, Tensor>,
  name: string,
  output: Tensor,
  rows: readonly number[],
  total: number,
): void {
  const width = output.data.length / rows.length;
  if (output.shape[0] !== rows.length) {
    throw new Error(`${name}: expected ${rows.length} rows from the runtime, found ${output.shape[0]}`);
  }
  const shape = [total, ...output.shape.slice(1)];
  const result = results.get(name) ?? { shape, data: emptyLike(output.data, total * width) };
  results.set(name, result);
  for (const [position, row] of rows.entries()) {
    result.data.set(output.data.subarray(position * width, (position + 1) * width), row * width);
  }
}

function emptyLike(data: FloatArray, length: number): FloatArray {
  return data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}
