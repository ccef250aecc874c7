import { UsageError } from "../core/errors.js";
import { elementCount, formatShape, sameShape, type Tensor } from "../core/tensor.js";
import { type Graph, outputOf, type Role } from "../graph/graph.js";
import type { ModelInputs } from "./runtime.js";

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
  checkFinite(name, tensor, width);
  return rows;
}

function checkFinite(name: string, { data }: Tensor, width: number): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const at = `row ${Math.floor(bad / width)}, column ${bad % width}`;
  throw new UsageError(`${name}: expected finite numbers, found ${data[bad]} in ${at}`);
}

/** Refuses what are no pictures [n, R, R, 3] of finite numbers. Returns n. */
export function checkPictures(name: string, tensor: Tensor, resolution?: number): number {
  const [rows = 0, side = 0] = tensor.shape;
  const wanted = [rows, resolution ?? side, resolution ?? side, 3];
  if (rows === 0 || !sameShape(tensor.shape, wanted) || tensor.data.length !== elementCount(wanted)) {
    const r = resolution ?? "R";
    const found = `${formatShape(tensor.shape)} (${tensor.data.length} numbers)`;
    throw new UsageError(`${name}: expected shape [n, ${r}, ${r}, 3] with n at least 1, found ${found}`);
  }
  checkFinite(name, tensor, elementCount(wanted.slice(1)));
  return rows;
}

/** Refuses a y that has not as many rows as what it belongs to. */
export function checkLabels(y: Tensor, rows: number, owner: string, classes?: number): void {
  const labels = checkMatrix("y", y, classes);
  if (labels !== rows) throw new UsageError(`y: expected ${rows} rows, as many as ${owner} has, found ${labels}`);
}

/** Refuses a batch that does not fit the graph, with a UsageError. Returns its number of rows. */
export function checkBatch(
  graph: Pick<Graph, "role" | "zDim" | "classes" | "resolution">,
  inputs: ModelInputs,
): number {
  checkRole(graph, inputs);
  if ("x" in inputs) {
    const pictures = checkPictures("x", inputs.x, graph.resolution);
    checkLabels(inputs.y, pictures, "x", graph.classes);
    return pictures;
  }
  const rows = checkMatrix("z", inputs.z, graph.zDim);
  checkLabels(inputs.y, rows, "z", graph.classes);
  checkTruncation(inputs.truncation);
  return rows;
}

/** Refuses inputs that are for a graph of the other role. */
export function checkRole({ role }: Pick<Graph, "role">, inputs: object): void {
  const given: Role = "x" in inputs ? "discriminator" : "generator";
  if (role === given) return;
  throw new UsageError(`inputs: expected ${NAMES[role]}, as a ${role} takes them, found ${NAMES[given]}`);
}

const NAMES = { generator: "z, y and truncation", discriminator: "x and y" } as const satisfies Record<Role, string>;

/** The nodes of the layers to hand out: the output, then the taps. An unknown tap is a UsageError that lists the layers. */
export function requestedLayers(graph: Graph, taps: readonly string[] = []): ReadonlyMap<string, number> {
  const requested = new Map<string, number>();
  for (const name of [outputOf(graph), ...taps]) {
    const node = graph.layers.get(name);
    if (node === undefined) {
      throw new UsageError(`taps: expected some of ${[...graph.layers.keys()].join(", ")}, found ${name}`);
    }
    requested.set(name, node);
  }
  return requested;
}
