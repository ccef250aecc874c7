import type { Shape } from "../../core/tensor.js";
import { intAttribute } from "../saved-model/attributes.js";
import { constantTensor, encodedConstant } from "../saved-model/constant.js";
import type { ContentAside, ContentRange } from "../saved-model/contents-aside.js";
import type { NodeTable } from "../saved-model/node-table.js";
import type { NodeDef } from "../saved-model/types.js";
import { type Frame, type Program, throughIdentity } from "./program.js";

/** A constant [rows, columns], or one joined from a constant for each row. Keys of an interpolation have one column. */
export interface StatisticTable {
  /** The node that holds or joins it, for messages. */
  readonly node: string;
  readonly rows: number;
  readonly columns: number;
  /** One constant with all rows, or one for each. */
  readonly constants: Constants;
}

/** Nodes of one table, most of them never looked at as objects. */
interface Constants {
  readonly nodes: NodeTable;
  readonly positions: readonly number[];
}

function constantAt({ nodes, positions }: Constants, index: number): NodeDef {
  const node = nodes.at(positions[index] ?? -1);
  if (node === undefined) throw new Error(`statistics: there is no constant ${index}`);
  return node;
}

/** Row count -> the truncation of row i. 51 rows start at 0, 50 at 0.02. */
export function truncationOfRow(rows: number): ((row: number) => number) | undefined {
  if (rows === 51) return (row) => row / 50;
  if (rows === 50) return (row) => (row + 1) / 50;
  return undefined;
}

/** The constant behind each of a node's first `count` inputs; undefined unless all of them are constants, of one graph. */
function constantInputs(program: Program, frame: Frame, node: NodeDef, count: number): Constants | undefined {
  const { index } = frame;
  const position = index.positionOf(node);
  if (index.dataCount(position) < count) return undefined;
  const inputs = Array.from({ length: count }, (_, input) => index.dataSource(position, input));
  if (inputs.every((source) => index.nodes.op(source) === "Const")) return { nodes: index.nodes, positions: inputs };
  const sources = index
    .dataInputs(node)
    .slice(0, count)
    .map((value) => throughIdentity(program, { frame, value }));
  const nodes = sources[0]?.frame.index.nodes;
  const positions = sources.flatMap((source) =>
    source.value.node.op === "Const" && source.frame.index.nodes === nodes
      ? source.frame.index.positionOf(source.value.node)
      : [],
  );
  return nodes !== undefined && positions.length === count ? { nodes, positions } : undefined;
}

/** Extents without the ones in between: [50, 1, 1, 96] has 50 rows of 96. */
function columnsOf(shape: Shape): number | undefined {
  const wide = shape.filter((extent) => extent !== 1);
  return wide.length > 1 ? undefined : (wide[0] ?? 1);
}

function isFloat(dtype: string): boolean {
  return dtype === "float32" || dtype === "float64";
}

/**
 * The table that a node is: a `Const` [rows, columns], a `Pack` of `Const`s [columns], a `ConcatV2` of `Const`s [1, columns], with at least two rows.
 * Only the first row is looked at.
 */
export function tableAt(program: Program, frame: Frame, node: NodeDef): StatisticTable | undefined {
  if (!TABLE_OPS.has(node.op)) return undefined;
  const known = found.get(frame) ?? new Map<NodeDef, StatisticTable | undefined>();
  found.set(frame, known);
  if (!known.has(node)) known.set(node, findTable(program, frame, node));
  return known.get(node);
}

const TABLE_OPS: ReadonlySet<string> = new Set(["Const", "Pack", "ConcatV2"]);

/** Each table is met several times: by each row that is taken of it, and the keys of an interpolation by every batch norm. */
const found = new WeakMap<Frame, Map<NodeDef, StatisticTable | undefined>>();

function findTable(program: Program, frame: Frame, node: NodeDef): StatisticTable | undefined {
  const { file } = program;
  if (node.op === "Const") {
    const { dtype, shape } = encodedConstant(file, node);
    const [rows = 0, ...rest] = shape;
    const columns = columnsOf(rest);
    if (rows < 2 || columns === undefined || !isFloat(dtype)) return undefined;
    const { nodes } = frame.index;
    return { node: node.name, rows, columns, constants: { nodes, positions: [frame.index.positionOf(node)] } };
  }
  const inputs = frame.index.dataCount(frame.index.positionOf(node));
  const rows = node.op === "Pack" ? inputs : inputs - 1;
  if (rows < 2 || !joinsRows(program, frame, node)) return undefined;
  const constants = constantInputs(program, frame, node, rows);
  if (constants === undefined) return undefined;
  const { dtype, shape } = encodedConstant(file, constantAt(constants, 0));
  const columns = columnsOf(shape);
  if (columns === undefined || !isFloat(dtype) || (node.op === "ConcatV2" && shape[0] !== 1)) return undefined;
  return { node: node.name, rows, columns, constants };
}

function joinsRows(program: Program, frame: Frame, node: NodeDef): boolean {
  if (node.op === "Pack") return (intAttribute(program.file, node, "axis") ?? 0) === 0;
  const axis = frame.index.dataInputs(node).at(-1);
  return axis?.node.op === "Const" && constantTensor(program.file, axis.node).data[0] === 0;
}

/** A table's numbers, for when the graph is gone. */
export interface StatisticValues {
  /** Of the table, for messages. */
  readonly node: string;
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns]: the numbers themselves, or where each row begins in the graph's file, as float32. */
  readonly values: Float32Array<ArrayBuffer> | readonly number[];
}

/**
 * A table's numbers, when all rows are of one size, and all values finite, or not negative either. They stay in the file where they have been set aside
 * in it as rows that are alike.
 */
export function finiteValues(
  file: string,
  table: StatisticTable,
  wanted: Exclude<ContentRange, "not finite">,
): StatisticValues | undefined {
  const { node, rows, columns } = table;
  const contents = contentsAlike(table);
  if (contents !== undefined) {
    const areWithin = contents.every(({ range }) => range === wanted || range === "not negative");
    return areWithin ? { node, rows, columns, values: rowOffsets(table, contents) } : undefined;
  }
  const values = tableValues(file, table);
  if (values === undefined || !areWithin(values, wanted === "finite" ? -Number.MAX_VALUE : 0)) return undefined;
  return { node, rows, columns, values };
}

function rowOffsets({ rows, columns }: StatisticTable, contents: readonly ContentAside[]): readonly number[] {
  const offsets: number[] = [];
  for (const { offset } of contents) {
    for (let row = 0; row < rows / contents.length; row++) {
      offsets.push(offset + row * columns * Float32Array.BYTES_PER_ELEMENT);
    }
  }
  return offsets;
}

/** The contents of a table's constants, when all have been set aside and are alike; undefined for any other. */
function contentsAlike({ rows, columns, constants }: StatisticTable): readonly ContentAside[] | undefined {
  const { nodes, positions } = constants;
  const contents: ContentAside[] = [];
  const bytes = (rows / positions.length) * columns * Float32Array.BYTES_PER_ELEMENT;
  for (const position of positions) {
    const content = nodes.contentAside(position);
    const isLike = content?.byteLength === bytes && content.template === (contents[0] ?? content).template;
    if (content === undefined || !isLike) return undefined;
    contents.push(content);
  }
  return contents;
}

function areWithin(values: Float32Array, low: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (!(value >= low && value <= Number.MAX_VALUE)) return false;
  }
  return true;
}

/**
 * The values, row after row: [rows, columns] float32 (float64 is rounded). Undefined when the rows are not all of that size.
 * For tables whose size has been found right: a constant may claim any. A full-size module has 4 million of them.
 */
export function tableValues(file: string, table: StatisticTable): Float32Array<ArrayBuffer> | undefined {
  const values = new Float32Array(table.rows * table.columns);
  const { positions } = table.constants;
  const each = values.length / positions.length;
  for (let index = 0; index < positions.length; index++) {
    const { data } = constantTensor(file, constantAt(table.constants, index));
    if (data.length !== each) return undefined;
    values.set(data, index * each);
  }
  return values;
}

/** Whether two tables hold the same values, in the same rows. */
export function sameTable(file: string, a: StatisticTable, b: StatisticTable): boolean {
  const { positions } = a.constants;
  if (positions.length !== b.constants.positions.length || a.rows !== b.rows || a.columns !== b.columns) return false;
  return positions.every((_, index) => {
    const [own, other] = [constantAt(a.constants, index), constantAt(b.constants, index)];
    if (own === other) return true;
    const values = constantTensor(file, other).data;
    const { data } = constantTensor(file, own);
    return data.length === values.length && data.every((value, at) => value === values[at]);
  });
}
