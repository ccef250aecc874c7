import type { ParameterSource } from "../../core/parameter-source.js";
import type { Graph } from "../../graph/graph.js";
import type { NodeObserver } from "../../runtime/reference/observer.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { Arithmetic } from "./arithmetic.js";
import { type LayerBudget, maximumBound } from "./bound.js";
import type { Operand } from "./call.js";
import { scaledBy, worstOf } from "./field.js";
import { momentsOf } from "./moments.js";
import { roundingVariance } from "./rounding.js";
import { spreadsOf } from "./rules.js";
import { absorbed, exact, type Spread, whole } from "./spread.js";

/** Follows runs of the float64 reference and keeps, for each layer, the budget over all images seen. */
export interface BudgetObserver {
  /** To be given to the reference runtime in place of the graph's own: it notes which parameters were computed. */
  readonly parameters: ParameterSource;
  /** For `ReferenceOptions.observe`. */
  readonly observe: () => NodeObserver;
  /** Layer name to budget in one of the arithmetics, in network order. */
  budgets(arithmetic: Arithmetic): ReadonlyMap<string, LayerBudget>;
}

interface Tally {
  squares: number;
  channels: number;
  worst: number;
  count: number;
}

export function budgetObserver(
  graph: Graph,
  parameters: ParameterSource,
  arithmetics: readonly Arithmetic[],
): BudgetObserver {
  const computed = new Set<string>();
  const layerOf = new Map([...graph.layers].map(([layer, id]) => [id, layer]));
  const tallies = arithmetics.map(() => new Map<string, Tally>());

  const parameter = (name: string, value: Tensor64): Operand => {
    const folded = computed.has(name);
    const moments = momentsOf(value);
    const spreads = arithmetics.map(({ weightRoundoff }): Spread => {
      const none = exact(moments);
      if (!folded && weightRoundoff <= 2 ** -24) return none;
      return { ...none, carried: scaledBy(moments.squares, () => roundingVariance(weightRoundoff)) };
    });
    return { value, spreads, moments, producer: "parameter", computed: folded };
  };

  return {
    parameters: {
      async read(name, options) {
        const data = await parameters.read(name, options);
        if (data instanceof Float64Array) computed.add(name);
        return data;
      },
    },

    observe() {
      const known = new Map<number, Omit<Operand, "value">>();
      return function* observeNode({ id, inputs, operation }, values, value) {
        const operands = inputs.map((input, position): Operand => {
          const operand = values[position];
          if (operand === undefined) throw new Error(`error budget: node ${id} lacks operand ${position}`);
          const seen = known.get(input);
          if (seen !== undefined) return { ...seen, value: operand };
          const node = graph.nodes[input];
          if (node?.operation.op !== "parameter") throw new Error(`error budget: node ${input} was not observed`);
          return parameter(node.operation.parameter, operand);
        });
        const moments = momentsOf(value);
        const spreads = yield* spreadsOf(operation, { arithmetics, operands, value, moments });
        known.set(id, { spreads, moments, producer: operation.op, computed: false });
        const layer = layerOf.get(id);
        if (layer === undefined) return;
        for (const [which, spread] of spreads.entries()) {
          const tally = tallies[which];
          if (tally !== undefined)
            tally.set(layer, extend(tally.get(layer), absorbed(spread, moments.squares), value.data.length));
        }
      };
    },

    budgets(arithmetic) {
      const tally = tallies[arithmetics.indexOf(arithmetic)] ?? new Map<string, Tally>();
      return new Map(
        [...tally].map(([layer, { squares, channels, worst, count }]) => {
          const worstSigma = Math.sqrt(worst);
          const sigma = Math.sqrt(squares / Math.max(1, channels));
          return [layer, { bound: maximumBound(worstSigma, count), sigma, worstSigma, count }];
        }),
      );
    },
  };
}

function extend(tally: Tally | undefined, spread: Spread, count: number): Tally {
  const { squares, channels, worst, count: before } = tally ?? { squares: 0, channels: 0, worst: 0, count: 0 };
  const field = whole(spread);
  const rows = Array.from({ length: field.rows }, (_, row) => spread.worst?.[row] ?? worstOf(field, row));
  return {
    squares: field.channels.reduce((sum, each) => sum + each, squares),
    channels: channels + field.channels.length,
    worst: Math.max(worst, ...rows),
    count: before + count,
  };
}
