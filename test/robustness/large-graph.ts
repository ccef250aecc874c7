import protobuf from "protobufjs/minimal.js";
import { varint } from "../helpers/wire.js";

/** SavedModel.meta_graphs and MetaGraphDef.graph_def, GraphDef.node: all of them field number 2 or 1 with a length. */
const META_GRAPHS = 2;
const GRAPH_DEF = 2;
const NODE = 1;

/** A saved_model.pb with `count` more nodes in its graph, a chain beside the network, as optimisers and savers leave them. */
export function withNodes(savedModel: Uint8Array, count: number): Uint8Array {
  const nodes = Array.from({ length: count }, (_, i) => {
    const name = `training/moving_averages/update_${i}`;
    const node = protobuf.Writer.create()
      .uint32(10)
      .string(name)
      .uint32(18)
      .string(i === 0 ? "NoOp" : "Identity");
    if (i > 0) node.uint32(26).string(`training/moving_averages/update_${i - 1}`);
    return withLength(NODE, node.finish());
  });
  return changeField(savedModel, META_GRAPHS, (metaGraph) =>
    changeField(metaGraph, GRAPH_DEF, (graph) => Buffer.concat([graph, ...nodes])),
  );
}

function withLength(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(varint(field * 8 + 2)), Buffer.from(varint(content.length)), content]);
}

/** The message with every field of this number, which has a length, changed; the others as they are. */
function changeField(message: Uint8Array, field: number, change: (content: Uint8Array) => Uint8Array): Uint8Array {
  const reader = protobuf.Reader.create(message);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag === field * 8 + 2) parts.push(withLength(field, change(reader.bytes())));
    else {
      reader.skipType(tag & 7);
      parts.push(message.subarray(start, reader.pos));
    }
  }
  return Buffer.concat(parts);
}
