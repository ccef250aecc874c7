import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";

/**
 * A source whose tables of statistics have only some of their rows, in the order given. `whole` is the graph that the tables are of.
 */
export function selectedRows(source: ParameterSource, whole: Graph, rows: readonly number[]): ParameterSource {
  async function table(name: string, options: Parameters<ParameterSource["read"]>[1]) {
    const values = await source.read(name, options);
    const channels = whole.parameters.get(name)?.shape.at(-1) ?? 1;
    const selected = new Float64Array(rows.length * channels);
    for (const [to, from] of rows.entries()) {
      selected.set(values.subarray(from * channels, (from + 1) * channels), to * channels);
    }
    return selected;
  }
  const isTable = (name: string) => whole.parameters.get(name)?.kind === "statistic";

  return {
    read: async (name, options) => (isTable(name) ? await table(name, options) : await source.read(name, options)),
    ...(source.pieces && {
      async *pieces(name, options = {}) {
        if (!isTable(name)) yield* source.pieces?.(name, options) ?? [];
        else {
          const values = toFloat32(await table(name, options));
          yield options.range === undefined ? values : values.subarray(...options.range);
        }
      },
    }),
  };
}
