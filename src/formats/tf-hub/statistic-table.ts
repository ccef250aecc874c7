import { Buffer } from "node:buffer";
import { decodeFloats, type Shape } from "../../core/tensor.js";
import { intAttribute } from "../saved-model/attributes.js";
import { constantTensor, type EncodedConstant, encodedConstant } from "../saved-model/constant.js";
import type { NodeDef } from "../saved-model/types.js";
import { type Frame, type Program, throughIdentity } from "./program.js";

/** A constant [rows, columns], or one joined from a constant for each row. Keys of an interpolation have one column. */
export interface StatisticTable {
  /** The node that holds or joins it, for messages. */
  readonly node: string;
  readonly rows: number;
  readonly columns: number;
  /** One constant with all rows, or one for each. */
  readonly constants: readonly NodeDef[];
}

/** Row count -> the truncation of row i. 51 rows start at 0, 50 at 0.02. */
export function truncationOfRow(rows: number): ((row: number) => number) | undefined {
  if (rows === 51) return (row) => row / 50;
  if (rows === 50) return (row) => (row + 1) / 50;
  return undefined;
}

/** The constant behind each of a node's first `count` inputs; undefined unless all of them are constants. */
function constantInputs(program: Program, frame: Frame, node: NodeDef, count: number): NodeDef[] | undefined {
  const constants: NodeDef[] = [];
  for (const value of frame.index.dataInputs(node).slice(0, count)) {
    const source = throughIdentity(program, { frame, value }).value.node;
    if (source.op !== "Const") return undefined;
    constants.push(source);
  }
  return constants.length === count ? constants : undefined;
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
    return { node: node.name, rows, columns, constants: [node] };
  }
  const inputs = frame.index.dataInputs(node).length;
  const rows = node.op === "Pack" ? inputs : inputs - 1;
  if (rows < 2 || !joinsRows(program, frame, node)) return undefined;
  const constants = constantInputs(program, frame, node, rows);
  const first = constants?.[0];
  if (constants === undefined || first === undefined) return undefined;
  const { dtype, shape } = encodedConstant(file, first);
  const columns = columnsOf(shape);
  if (columns === undefined || !isFloat(dtype) || (node.op === "ConcatV2" && shape[0] !== 1)) return undefined;
  return { node: node.name, rows, columns, constants };
}

function joinsRows(program: Program, frame: Frame, node: NodeDef): boolean {
  if (node.op === "Pack") return (intAttribute(program.file, node, "axis") ?? 0) === 0;
  const axis = frame.index.dataInputs(node).at(-1);
  return axis?.node.op === "Const" && constantTensor(program.file, axis.node).data[0] === 0;
}

/**
 * The values, row after row, copied out of the file: [rows, columns] float32 (float64 is rounded). Undefined when the rows are not all of that size.
 * For tables whose size has been found right: a constant may claim any.
 */
export function tableValues(file: string, table: StatisticTable): Float32Array<ArrayBuffer> | undefined {
  const values = new Float32Array(table.rows * table.columns);
  const each = values.length / table.constants.length;
  const bytes = new Uint8Array(values.buffer);
  const contentOf = contentsLike(file, table.constants[0]);
  for (const [index, constant] of table.constants.entries()) {
    const row = contentOf(constant);
    if (isFloat32(row, each)) {
      bytes.set(row.content, index * row.content.length);
      continue;
    }
    const data = row.values();
    if (data.length !== each) return undefined;
    values.set(data, index * each);
  }
  return values;
}

/** Whether two tables hold the same values, in the same rows. */
export function sameTable(file: string, a: StatisticTable, b: StatisticTable): boolean {
  if (a.constants.length !== b.constants.length || a.rows !== b.rows || a.columns !== b.columns) return false;
  return a.constants.every((constant, index) => {
    const other = b.constants[index];
    if (other === undefined || other === constant) return other === constant;
    const values = constantTensor(file, other).data;
    const { data } = constantTensor(file, constant);
    return data.length === values.length && data.every((value, at) => value === values[at]);
  });
}

/**
 * Whether all rows are of one size, and all values finite and not below a bound. Looks at the values where they are: opening a full-size module
 * checks 4 million of them.
 */
export function valuesAreFinite(file: string, table: StatisticTable, low = -Number.MAX_VALUE): boolean {
  const each = (table.rows * table.columns) / table.constants.length;
  const contentOf = contentsLike(file, table.constants[0]);
  // Where rows are put that do not stand at a multiple of four in the file.
  const aligned = new Float32Array(each);
  const bytes = new Uint8Array(aligned.buffer);
  return table.constants.every((constant) => {
    const row = contentOf(constant);
    if (!isFloat32(row, each)) {
      const data = row.values();
      return data.length === each && data.every((value) => value >= low && value <= Number.MAX_VALUE);
    }
    bytes.set(row.content);
    for (let i = 0; i < aligned.length; i++) {
      const value = aligned[i] ?? 0;
      if (!(value >= low && value <= Number.MAX_VALUE)) return false;
    }
    return true;
  });
}

/** Whether a constant's content is so many float32. */
function isFloat32({ dtype, content }: EncodedConstant, count: number): boolean {
  return dtype === "float32" && content.length === count * Float32Array.BYTES_PER_ELEMENT;
}

/**
 * Decodes constants of which most differ from the first in their name and content alone: 50 or 51 rows for each of a hundred tables. Those whose
 * messages are the same but for both are not decoded again.
 */
function contentsLike(file: string, first: NodeDef | undefined): (constant: NodeDef) => EncodedConstant {
  const model = first && encodedConstant(file, first);
  const bytes = bufferOf(first?.encoded ?? new Uint8Array());
  if (model?.dtype !== "float32" || model.content.length === 0 || model.content.buffer !== bytes.buffer) {
    return (constant) => encodedConstant(file, constant);
  }
  const head = afterName(bytes);
  const start = model.content.byteOffset - bytes.byteOffset;
  const end = start + model.content.length;
  return (constant) => {
    const own = bufferOf(constant.encoded);
    const shift = afterName(own) - head;
    const isLike =
      own.length - bytes.length === shift &&
      bytes.compare(own, head + shift, start + shift, head, start) === 0 &&
      bytes.compare(own, end + shift, own.length, end, bytes.length) === 0;
    if (!isLike) return encodedConstant(file, constant);
    const content = own.subarray(start + shift, end + shift);
    return { ...model, content, values: () => decodeFloats(new Uint8Array(content), "float32") };
  };
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

/** Where a NodeDef goes on behind its name, the first field as TensorFlow writes it; NaN when it begins with anything else. */
function afterName(node: Buffer): number {
  const [tag, length = 0] = node;
  return tag === NAME_TAG && length < 0x80 ? 2 + length : Number.NaN;
}

const NAME_TAG = (1 << 3) | 2;
