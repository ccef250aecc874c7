import { type DecodeContext, decodeMessage, decodeRepeated, decodeSmall, viewOf } from "./decode.js";
import { biggan_port } from "./saved_model.generated.js";
import type { FunctionDef, GraphDef, NodeDef } from "./types.js";

const { Function: FunctionMessage, FunctionSignature } = biggan_port.saved_model;

/** Field numbers of the messages that are walked by hand: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/graph.proto */
const GRAPH_NODE = 1;
const GRAPH_LIBRARY = 2;
const LIBRARY_FUNCTION = 1;
const FUNCTION_NODE = 3;

/** Fields of NodeDef that every node is asked for: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/node_def.proto */
const NAME_TAG = (1 << 3) | 2;
const OP_TAG = (2 << 3) | 2;
const INPUT_TAG = (3 << 3) | 2;

const NO_INPUTS: readonly string[] = [];

/** A class for its getter, which an object of each of ten thousands of nodes would have of its own. */
class EncodedNode implements NodeDef {
  constructor(
    readonly name: string,
    readonly op: string,
    readonly inputs: readonly string[],
    private readonly file: Uint8Array,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** Cut out when it is asked for: of most nodes it never is, and views are costly. */
  get encoded(): Uint8Array {
    return this.file.subarray(this.start, this.end);
  }
}

function readNodes(context: DecodeContext, bytes: Uint8Array, field: number): NodeDef[] {
  return decodeRepeated(context, bytes, field, "node", (reader, length) => {
    const start = reader.pos;
    const end = start + length;
    let name = "";
    let op = "";
    let inputs: string[] | undefined;
    while (reader.pos < end) {
      const tag = reader.tag();
      if (tag === INPUT_TAG) {
        inputs ??= [];
        inputs.push(reader.stringVerify());
      } else if (tag === NAME_TAG) name = reader.stringVerify();
      else if (tag === OP_TAG) op = reader.stringVerify();
      else reader.skipType(tag & 7, 0, tag >>> 3);
    }
    if (reader.pos !== end) throw new RangeError("a field that ends with its message, found one that ends behind it");
    return new EncodedNode(name, op, inputs ?? NO_INPUTS, bytes, start, end);
  });
}

function readFunction(context: DecodeContext, bytes: Uint8Array): FunctionDef {
  const message = decodeMessage(context, bytes, "function", (reader) => FunctionMessage.decode(reader));
  const signature = decodeSmall(context, message.signature, "function signature", (reader) =>
    FunctionSignature.decode(reader),
  );
  return {
    name: signature.name,
    inputs: signature.inputs.map((argument) => argument.name ?? ""),
    outputs: signature.outputs.map((argument) => argument.name ?? ""),
    results: message.outputs,
    nodes: readNodes(context, bytes, FUNCTION_NODE),
  };
}

/** A GraphDef from its bytes: nodes in the order of the file, functions by name. Attribute values stay views of the bytes. */
export function readGraph(context: DecodeContext, bytes: Uint8Array): GraphDef {
  const nodes = readNodes(context, bytes, GRAPH_NODE);
  const functions = new Map<string, FunctionDef>();
  for (const library of decodeRepeated(context, bytes, GRAPH_LIBRARY, "function library", viewOf)) {
    for (const encoded of decodeRepeated(context, library, LIBRARY_FUNCTION, "function", viewOf)) {
      const definition = readFunction(context, encoded);
      functions.set(definition.name, definition);
    }
  }
  return { nodes, functions };
}
