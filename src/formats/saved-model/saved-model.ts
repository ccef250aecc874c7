import type { Shape } from "../../core/tensor.js";
import type { ContentsAside } from "./contents-aside.js";
import { type DataType, dataType } from "./data-type.js";
import { type DecodeContext, decodeContext, decodeMessage, decodeRepeated, decodeSmall, viewOf } from "./decode.js";
import { readGraph } from "./graph-def.js";
import { biggan_port } from "./saved_model.generated.js";
import { readShape } from "./shape.js";
import type { MetaGraph, SavedModel, Signature, SignatureTensor } from "./types.js";

const messages = biggan_port.saved_model;

/** SavedModel.meta_graphs. https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/protobuf/saved_model.proto */
const SAVED_MODEL_META_GRAPH = 2;

interface EncodedTensor {
  readonly name?: string | null;
  readonly dtype?: number | null;
  readonly shape?: Parameters<typeof readShape>[2];
}

function readTensors(
  context: DecodeContext,
  encoded: Readonly<Record<string, EncodedTensor>>,
): Record<string, SignatureTensor> {
  return Object.fromEntries(
    Object.entries(encoded).map(([key, tensor]) => {
      const dtype: DataType = dataType(tensor.dtype ?? 0);
      const shape: Shape | undefined = readShape(context.file, `signature tensor ${key}`, tensor.shape);
      return [key, { name: tensor.name ?? "", dtype, shape }];
    }),
  );
}

function readSignature(context: DecodeContext, key: string, bytes: Uint8Array): Signature {
  const message = decodeSmall(context, bytes, `signature ${key}`, (reader) => messages.Signature.decode(reader));
  return { inputs: readTensors(context, message.inputs), outputs: readTensors(context, message.outputs) };
}

function readMetaGraph(context: DecodeContext, bytes: Uint8Array): MetaGraph {
  const message = decodeMessage(context, bytes, "meta graph", (reader) => messages.MetaGraph.decode(reader));
  const signatures = new Map<string, Signature>();
  for (const [key, encoded] of Object.entries(message.signatures)) {
    signatures.set(key, readSignature(context, key, encoded));
  }
  return {
    tags: message.metaInfo?.tags ?? [],
    tensorflowVersion: message.metaInfo?.tensorflowVersion ?? "",
    signatures,
    graph: readGraph(context, message.graph),
  };
}

/**
 * A `saved_model.pb` from its bytes, which are kept: constants and attributes are views of them. `contents` are those that stayed in the file.
 * Throws {@link FormatError} for anything that is not a SavedModel; damage inside an attribute is reported when it is read.
 * https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/protobuf/saved_model.proto
 */
export function parseSavedModel(file: string, bytes: Uint8Array, contents?: ContentsAside): SavedModel {
  const context = decodeContext(file, bytes, contents);
  const encoded = decodeRepeated(context, bytes, SAVED_MODEL_META_GRAPH, "saved model", viewOf);
  return { file, metaGraphs: encoded.map((metaGraph) => readMetaGraph(context, metaGraph)) };
}
