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

/** The message that nodes are part of. */
type Encoded = Pick<DecodeContext, "file" | "bytes">;

/** A class for its getters, which an object of each of ten thousands of nodes would have of its own. */
class EncodedNode implements NodeDef {
  constructor(
    readonly name: string,
    readonly op: string,
    private readonly graph: Encoded,
    private readonly start: number,
    private readonly end: number,
    private readonly hasInputs: boolean,
  ) {}

  /** Decoded when the node is followed: half of a graph is constants, which have none, and much of the rest never is. */
  get inputs(): readonly string[] {
    if (!this.hasInputs) return NO_INPUTS;
    const inputs: string[] = [];
    decodeMessage(this.graph, this.encoded, `node ${this.name}`, (reader) => {
      while (reader.pos < reader.len) {
        const tag = reader.tag();
        if (tag === INPUT_TAG) inputs.push(reader.stringVerify());
        else reader.skipType(tag & 7, 0, tag >>> 3);
      }
    });
    return inputs;
  }

  /** Cut out when it is asked for: of most nodes it never is, and views are costly. */
  get encoded(): Uint8Array {
    return this.graph.bytes.subarray(this.start, this.end);
  }
}

function readNodes(context: DecodeContext, bytes: Uint8Array, field: number): NodeDef[] {
  const graph: Encoded = { file: context.file, bytes };
  /** One string for all nodes of an op. */
  const ops = new Map<string, string>();
  return decodeRepeated(context, bytes, field, "node", (reader, length) => {
    const start = reader.pos;
    const end = start + length;
    let name = "";
    let op = "";
    let hasInputs = false;
    while (reader.pos < end) {
      const tag = reader.tag();
      if (tag === NAME_TAG) name = reader.stringVerify();
      else if (tag === OP_TAG) op = reader.stringVerify();
      else {
        hasInputs ||= tag === INPUT_TAG;
        reader.skipType(tag & 7, 0, tag >>> 3);
      }
    }
    if (reader.pos !== end) throw new RangeError("a field that ends with its message, found one that ends behind it");
    const known = ops.get(op);
    if (known === undefined) ops.set(op, op);
    return new EncodedNode(name, known ?? op, graph, start, end, hasInputs);
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
