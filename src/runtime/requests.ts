import { UsageError } from "../core/errors.js";
import { elementCount, formatShape, type Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { GeneratorInputs } from "./runtime.js";

/** The layer every run hands out. */
const IMAGE = "image";

/** Refuses a truncation that is not a number from 0 to 1. */
export function checkTruncation(truncation: number, where = "truncation"): void {
  if (truncation >= 0 && truncation <= 1) return;
  throw new UsageError(`${where}: expected a number from 0 to 1, found ${truncation}`);
}

/** Refuses a tensor that is not a matrix [rows, columns] with at least one row and only finite numbers. Returns the rows. */
export function checkMatrix(name: string, tensor: Tensor, columns?: number): number {
  const [rows = 0, width = 0] = tensor.shape;
  const fits = tensor.shape.length === 2 && rows > 0 && (columns === undefined || width === columns);
  if (!fits || tensor.data.length !== elementCount(tensor.shape)) {
    const found = `${formatShape(tensor.shape)} (${tensor.data.length} numbers)`;
    throw new UsageError(`${name}: expected shape [n, ${columns ?? "width"}] with n at least 1, found ${found}`);
  }
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const at = `row ${Math.floor(bad / width)}, column ${bad % width}`;
    throw new UsageError(`${name}: expected finite numbers, found ${tensor.data[bad]} in ${at}`);
  }
  return rows;
}

/** Refuses a batch that does not fit the graph, with a UsageError. Returns its number of rows. */
export function checkBatch(graph: Pick<Graph, "zDim" | "classes">, { z, y, truncation }: GeneratorInputs): number {
  const rows = checkMatrix("z", z, graph.zDim);
  const labels = checkMatrix("y", y, graph.classes);
  if (labels !== rows) throw new UsageError(`y: expected ${rows} rows, as many as z has, found ${labels}`);
  checkTruncation(truncation);
  return rows;
}

/** The nodes of the layers to hand out: `image`, then the taps. An unknown tap is a UsageError that lists the layers. */
export function requestedLayers(graph: Graph, taps: readonly string[] = []): ReadonlyMap<string, number> {
  const requested = new Map<string, number>();
  for (const name of [IMAGE, ...taps]) {
    const node = graph.layers.get(name);
    if (node === undefined) {
      throw new UsageError(`taps: expected some of ${[...graph.layers.keys()].join(", ")}, found ${name}`);
    }
    requested.set(name, node);
  }
  return requested;
}
