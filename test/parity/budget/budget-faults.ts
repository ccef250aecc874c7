import type { ParameterSource } from "../../../src/core/parameter-source.js";
import type { Graph, Operation } from "../../../src/graph/graph.js";

/** A graph and its parameters with one mistake that ports are known to make. */
export interface Fault {
  readonly name: string;
  /** Whether the difference is larger than float32 can hide. */
  readonly large: boolean;
  readonly graph: (graph: Graph) => Graph;
  readonly parameters: (graph: Graph, parameters: ParameterSource) => ParameterSource;
}

const sameParameters: Fault["parameters"] = (_, parameters) => parameters;

function operations(change: (operation: Operation) => Operation): Fault["graph"] {
  return (graph) => ({
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, operation: change(node.operation) })),
  });
}

/** Changes parameters after they are read. */
function values(
  applies: (name: string) => boolean,
  change: (data: Float64Array<ArrayBuffer>, shape: readonly number[]) => Float64Array<ArrayBuffer>,
): Fault["parameters"] {
  return (graph, parameters) => ({
    async read(name, options) {
      const data = await parameters.read(name, options);
      if (!applies(name)) return data;
      return change(Float64Array.from(data), graph.parameters.get(name)?.shape ?? []);
    },
  });
}

const isStatistic = (name: string) => name.endsWith("mean") || name.endsWith("variance");

export const FAULTS: readonly Fault[] = [
  {
    name: "epsilon 1e-5",
    large: false,
    graph: operations((operation) => (operation.op === "batchNorm" ? { ...operation, epsilon: 1e-5 } : operation)),
    parameters: sameParameters,
  },
  {
    name: "statistics of the next row",
    large: true,
    graph: (graph) => graph,
    parameters: values(isStatistic, (data, [, width = 1]) => {
      const shifted = data.slice();
      shifted.set(data.subarray(width));
      return shifted;
    }),
  },
  {
    name: "gain without + 1",
    large: true,
    graph: operations((operation) => (operation.op === "addScalar" ? { ...operation, value: 0 } : operation)),
    parameters: sameParameters,
  },
  {
    name: "sigma off by 1e-4",
    large: false,
    graph: (graph) => graph,
    parameters: values(
      (name) => name === "block0.conv0.w",
      (data) => data.map((w) => w * (1 + 1e-4)),
    ),
  },
  {
    name: "one kernel not transposed",
    large: true,
    graph: (graph) => graph,
    parameters: values(
      (name) => name === "block1.conv1.w",
      (data, [kh = 1, kw = 1, width = 1, out = 1]) =>
        data.map((_, i) => {
          const inner = i % (width * out);
          const [row, column] = [Math.floor(i / (width * out * kw)), Math.floor(i / (width * out)) % kw];
          return kh === kw ? (data[(column * kw + row) * width * out + inner] ?? 0) : 0;
        }),
    ),
  },
];
