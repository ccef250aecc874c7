import { type DecodeContext, decodeMessage, decodeRepeated, decodeSmall, viewOf } from "./decode.js";
import { readNodes } from "./encoded-nodes.js";
import { biggan_port } from "./saved_model.generated.js";
import type { FunctionDef, GraphDef } from "./types.js";

const { Function: FunctionMessage, FunctionSignature } = biggan_port.saved_model;

/** Field numbers of the messages that are walked by hand: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/graph.proto */
const GRAPH_NODE = 1;
const GRAPH_LIBRARY = 2;
const LIBRARY_FUNCTION = 1;
const FUNCTION_NODE = 3;

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
