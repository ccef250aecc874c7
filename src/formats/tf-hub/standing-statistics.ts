import { FormatError } from "../../core/errors.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import type { GraphFacts } from "./graph-facts.js";
import { plainName } from "./names.js";
import type { StatisticScope } from "./scopes.js";
import { type StatisticTable, tableValues } from "./statistic-table.js";

/** A tensor of the module that is not one of the checkpoint as it is. */
export interface DerivedTensor {
  readonly info: TensorInfo;
  read(options: ReadOptions): Promise<Uint8Array>;
}

/** The two statistics of a batch norm: how they are called here and in the checkpoint. */
const STATISTICS = [
  { standing: "standing_mean", accumulated: "accumulated_mean", table: "mean" },
  { standing: "standing_var", accumulated: "accumulated_var", table: "variance" },
] as const;

const ACCUMULATED = /^(.*)\/accumulated_mean$/;

/** The batch norms whose mean and variance are both in the checkpoint, of one size. Keys are plain names. */
export function statisticScopes(variables: ReadonlyMap<string, TensorInfo>): readonly StatisticScope[] {
  return [...variables].flatMap(([name, mean]) => {
    const scope = ACCUMULATED.exec(name)?.[1];
    const variance = scope === undefined ? undefined : variables.get(`${scope}/accumulated_var`);
    if (scope === undefined || variance === undefined) return [];
    if (mean.dtype !== "float32" || variance.dtype !== "float32" || mean.byteLength !== variance.byteLength) return [];
    return [{ scope, channels: mean.byteLength / Float32Array.BYTES_PER_ELEMENT }];
  });
}

/**
 * `SCOPE/standing_mean` and `SCOPE/standing_var` for every batch norm, float32 [rows, channels]: from the graph's tables, or one row from the
 * checkpoint's `accumulated_*`, which hold the statistics of truncation 1.
 */
export function standingStatistics(
  modelFile: string,
  facts: GraphFacts | undefined,
  scopes: readonly StatisticScope[],
  bundle: TensorSource,
  variables: ReadonlyMap<string, TensorInfo>,
): readonly DerivedTensor[] {
  const batchNorms = new Map(facts?.batchNorms.map((batchNorm) => [batchNorm.scope, batchNorm]));
  return scopes.flatMap(({ scope, channels }) =>
    STATISTICS.map(({ standing, accumulated, table: role }) => {
      const name = `${scope}/${standing}`;
      const table = batchNorms.get(scope)?.[role];
      if (table !== undefined) return fromTable(name, modelFile, table);
      return fromVariable(name, channels, bundle, variables.get(`${scope}/${accumulated}`));
    }),
  );
}

function info(name: string, rows: number, columns: number, origin: string): TensorInfo {
  const byteLength = rows * columns * Float32Array.BYTES_PER_ELEMENT;
  return { name, dtype: "float32", shape: [rows, columns], byteLength, origin };
}

function fromTable(name: string, file: string, table: StatisticTable): DerivedTensor {
  return {
    info: info(name, table.rows, table.columns, `saved_model.pb node ${table.node}`),
    async read() {
      const values = tableValues(file, table);
      if (values !== undefined) return new Uint8Array(values.buffer);
      throw new FormatError({ file, field: `table ${table.node}` }, "rows of one size", "rows of several sizes");
    },
  };
}

function fromVariable(
  name: string,
  channels: number,
  bundle: TensorSource,
  variable: TensorInfo | undefined,
): DerivedTensor {
  const origin = variable === undefined ? "" : `${variable.origin}, ${plainName(variable.name)}`;
  return {
    info: info(name, 1, channels, origin),
    async read(options) {
      if (variable !== undefined) return await bundle.read(variable.name, options);
      throw new FormatError({ file: bundle.file, field: `tensor ${name}` }, "statistics in the checkpoint", "none");
    },
  };
}
