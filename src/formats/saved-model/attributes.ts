import type protobuf from "protobufjs/minimal.js";
import { FormatError } from "../../core/errors.js";
import type { Shape } from "../../core/tensor.js";
import { type DataType, dataType } from "./data-type.js";
import { decodeMessage, decodeSmall } from "./decode.js";
import { toSafeInteger } from "./integer.js";
import { biggan_port } from "./saved_model.generated.js";
import { readShape } from "./shape.js";
import type { NodeDef } from "./types.js";

const { AttributeValue, AttributeList } = biggan_port.saved_model;

/** The first byte of an attribute that is a tensor: field 8, length-delimited. It alone may be large, and stays a view. */
const TENSOR_TAG = 0x42;

type Value = ReturnType<typeof AttributeValue.decode>;
type Kind = NonNullable<Value["value"]>;

function place(node: NodeDef, name: string): string {
  return `node ${node.name}, attribute ${name}`;
}

/** Entries of NodeDef's map: `map<string, AttrValue> attr = 5`, each a message of a key (1) and a value (2). */
const ENTRY_TAG = (5 << 3) | 2;
const KEY_TAG = (1 << 3) | 2;
const VALUE_TAG = (2 << 3) | 2;

/** Whether the text that comes next is that one, which is ASCII: most are others, and no string is made of them. */
function readsAs(reader: protobuf.Reader, text: string): boolean {
  const length = reader.size();
  const start = reader.pos;
  reader.skip(length);
  if (length !== text.length) return false;
  for (let at = 0; at < length; at++) if (reader.buf[start + at] !== text.charCodeAt(at)) return false;
  return true;
}

/** Walks the entries instead of decoding them all: a graph has ten thousands of nodes, and most attributes are never asked for. The last of a name counts. */
function encodedAttribute(file: string, node: NodeDef, name: string, field: string): Uint8Array | undefined {
  return decodeMessage({ file, bytes: node.encoded }, node.encoded, field, (reader) => {
    let start = 0;
    let length = -1;
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      if (tag !== ENTRY_TAG) {
        reader.skipType(tag & 7, 0, tag >>> 3);
        continue;
      }
      const end = reader.size() + reader.pos;
      let isSought = name === "";
      let valueStart = 0;
      let valueLength = 0;
      while (reader.pos < end) {
        const inner = reader.tag();
        if (inner === KEY_TAG) isSought = readsAs(reader, name);
        else if (inner === VALUE_TAG) {
          valueLength = reader.size();
          valueStart = reader.pos;
          reader.skip(valueLength);
        } else reader.skipType(inner & 7, 0, inner >>> 3);
      }
      if (!isSought) continue;
      start = valueStart;
      length = valueLength;
    }
    return length < 0 ? undefined : reader.buf.subarray(start, start + length);
  });
}

/** The attribute's value when it is there, checked to be of the kind asked for. */
function read<K extends Kind>(file: string, node: NodeDef, name: string, kind: K): Value | undefined {
  const field = place(node, name);
  const bytes = encodedAttribute(file, node, name, field);
  if (bytes === undefined) return undefined;
  const decode = bytes[0] === TENSOR_TAG ? decodeMessage : decodeSmall;
  const value = decode({ file, bytes }, bytes, field, (reader) => AttributeValue.decode(reader));
  if (value.value === kind) return value;
  throw new FormatError({ file, field }, kind, value.value ?? "nothing");
}

/** Undefined when the node has no such attribute, as in all accessors here: TensorFlow leaves out those that have their default value. */
export function intAttribute(file: string, node: NodeDef, name: string): number | undefined {
  const value = read(file, node, name, "i")?.i;
  return value == null ? undefined : toSafeInteger(file, place(node, name), value);
}

export function floatAttribute(file: string, node: NodeDef, name: string): number | undefined {
  return read(file, node, name, "f")?.f ?? undefined;
}

export function boolAttribute(file: string, node: NodeDef, name: string): boolean | undefined {
  return read(file, node, name, "b")?.b ?? undefined;
}

/** UTF-8, damaged bytes replaced. */
export function stringAttribute(file: string, node: NodeDef, name: string): string | undefined {
  const bytes = read(file, node, name, "s")?.s;
  return bytes == null ? undefined : new TextDecoder().decode(bytes);
}

export function typeAttribute(file: string, node: NodeDef, name: string): DataType | undefined {
  const number = read(file, node, name, "type")?.type;
  return number == null ? undefined : dataType(number);
}

/** A dimension is -1 when dynamic. An unknown rank reads like an absent attribute. */
export function shapeAttribute(file: string, node: NodeDef, name: string): Shape | undefined {
  const shape = read(file, node, name, "shape")?.shape;
  return shape == null ? undefined : readShape(file, place(node, name), shape);
}

/** The name of a function of the graph's library. */
export function functionAttribute(file: string, node: NodeDef, name: string): string | undefined {
  const func = read(file, node, name, "func")?.func;
  return func == null ? undefined : (func.name ?? "");
}

function readList(file: string, node: NodeDef, name: string) {
  const bytes = read(file, node, name, "list")?.list;
  if (bytes == null) return undefined;
  return decodeSmall({ file, bytes }, bytes, place(node, name), (reader) => AttributeList.decode(reader));
}

export function intsAttribute(file: string, node: NodeDef, name: string): readonly number[] | undefined {
  return readList(file, node, name)?.i.map((value) => toSafeInteger(file, place(node, name), value));
}

/** As in `_output_shapes`; undefined entries have an unknown rank. */
export function shapesAttribute(file: string, node: NodeDef, name: string): readonly (Shape | undefined)[] | undefined {
  return readList(file, node, name)?.shape.map((shape) => readShape(file, place(node, name), shape));
}

/** The encoded TensorProto, a view of the file. See {@link constantTensor}. */
export function tensorAttribute(file: string, node: NodeDef, name: string): Uint8Array | undefined {
  return read(file, node, name, "tensor")?.tensor ?? undefined;
}
