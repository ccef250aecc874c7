import { FormatError } from "../../core/errors.js";
import { decodeFloats, elementCount } from "../../core/tensor.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import type { ByteSource } from "../../io/byte-source.js";
import { decodeContent } from "../saved-model/constant-content.js";
import type { GraphFacts } from "./graph-facts.js";
import { plainName } from "./names.js";
import { type PlacedRows, readRows } from "./placed-rows.js";
import { accumulatedStatistics, type StatisticScope } from "./scopes.js";
import type { StatisticValues } from "./statistic-table.js";

/** A tensor of the module that is not one of the checkpoint as it is. */
export interface DerivedTensor {
  readonly info: TensorInfo;
  read(options: ReadOptions): Promise<Uint8Array>;
  /** Where it is a part of the graph's file: then bytes of it can be read. */
  readonly rows?: PlacedRows;
}

/** The two statistics of a batch norm, and what they are called here. */
const STATISTICS = [
  { standing: "standing_mean", role: "mean" },
  { standing: "standing_var", role: "variance" },
] as const;

/** The module's files that statistics are read from. */
export interface StatisticFiles {
  readonly bundle: TensorSource;
  /** Opens the graph's file, or gives it when it is open. */
  readonly graph: () => Promise<ByteSource>;
}

/**
 * `SCOPE/standing_mean` and `SCOPE/standing_var` for every batch norm, [rows, channels]: from the graph's tables, float32, or one row from the
 * checkpoint's `accumulated_*`, which hold the statistics of truncation 1. None where there is neither.
 */
export function standingStatistics(
  facts: GraphFacts | undefined,
  scopes: readonly StatisticScope[],
  { bundle, graph }: StatisticFiles,
  variables: ReadonlyMap<string, TensorInfo>,
): readonly DerivedTensor[] {
  const batchNorms = new Map(facts?.batchNorms.map((batchNorm) => [batchNorm.scope, batchNorm]));
  return scopes.flatMap(({ scope }) => {
    const batchNorm = batchNorms.get(scope);
    const accumulated = accumulatedStatistics(variables, scope);
    const counter = batchNorm?.counter === undefined ? undefined : variables.get(batchNorm.counter);
    return STATISTICS.flatMap(({ standing, role }) => {
      const name = `${scope}/${standing}`;
      const table = batchNorm?.[role];
      if (table !== undefined) return [fromTable(name, table, graph)];
      const variable = accumulated?.[role];
      if (variable === undefined) return [];
      return [counter === undefined ? fromVariable(name, bundle, variable) : average(name, bundle, variable, counter)];
    });
  });
}

function fromTable(
  name: string,
  { node, rows, columns, values }: StatisticValues,
  graph: StatisticFiles["graph"],
): DerivedTensor {
  const rowBytes = columns * Float32Array.BYTES_PER_ELEMENT;
  const byteLength = rows * rowBytes;
  const origin = `saved_model.pb node ${node}`;
  const info: TensorInfo = { name, dtype: "float32", shape: [rows, columns], byteLength, origin };
  if (values instanceof Float32Array) return { info, read: async () => new Uint8Array(values.slice().buffer) };
  const placed = { rowBytes, offsets: values };
  return {
    info,
    rows: placed,
    read: async (options) => await readRows(await graph(), placed, [0, byteLength], options),
  };
}

function fromVariable(name: string, bundle: TensorSource, variable: TensorInfo): DerivedTensor {
  const { dtype, byteLength } = variable;
  const origin = `${variable.origin}, ${plainName(variable.name)}`;
  return {
    info: { name, dtype, shape: [1, elementCount(variable.shape)], byteLength, origin },
    read: (options) => bundle.read(variable.name, options),
  };
}

/** A sum over batches divided by their number, in float64. */
function average(name: string, bundle: TensorSource, sum: TensorInfo, counter: TensorInfo): DerivedTensor {
  const channels = elementCount(sum.shape);
  const origin = `${sum.origin}, ${plainName(sum.name)} / ${plainName(counter.name)}`;
  const byteLength = channels * Float64Array.BYTES_PER_ELEMENT;
  return {
    info: { name, dtype: "float64", shape: [1, channels], byteLength, origin },
    async read(options) {
      const count = await readCounter(bundle, counter, options);
      const values = decodeFloats(await bundle.read(sum.name, options), sum.dtype);
      return new Uint8Array(Float64Array.from(values, (value) => value / count).buffer);
    },
  };
}

/** A number of batches, of whatever type: a {@link FormatError} unless it is one number above 0. */
export async function readCounter(bundle: TensorSource, counter: TensorInfo, options: ReadOptions): Promise<number> {
  const { name, dtype, shape } = counter;
  const values = decodeContent(bundle.file, name, dtype, await bundle.read(name, options), elementCount(shape));
  const [count = Number.NaN] = values;
  if (values.length === 1 && count > 0 && Number.isFinite(count)) return count;
  throw new FormatError(
    { file: bundle.file, field: `tensor ${name}` },
    "a number of batches above 0",
    `${[...values]}`,
  );
}
