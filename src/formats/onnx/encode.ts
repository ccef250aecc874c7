import { ONNX_TYPES } from "./data-type.js";
import {
  IR_VERSION,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  OPSET,
} from "./model.js";
import { biggan_port } from "./onnx.generated.js";

const { Model, Graph, TensorHead } = biggan_port.onnx;

/** AttributeProto.AttributeType: https://github.com/onnx/onnx/blob/v1.16.2/onnx/onnx.proto#L141 */
const ATTRIBUTE_TYPES = { int: 2, text: 3, ints: 7 } as const;

const utf8 = new TextEncoder();

/** Where a tensor's bytes lie in a file of their own. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** The fields of ModelProto before its graph. */
export function encodeModelHead({ producer, doc }: OnnxModel): Uint8Array {
  return Model.encode({
    irVersion: IR_VERSION,
    producerName: producer.name,
    producerVersion: producer.version,
    modelVersion: 1,
    docString: doc,
  }).finish();
}

/** The fields of ModelProto after its graph. Metadata in the order given. */
export function encodeModelTail({ metadata }: OnnxModel): Uint8Array {
  const metadataProps = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return Model.encode({ opsetImport: [{ domain: "", version: OPSET }], metadataProps }).finish();
}

/** The fields of GraphProto before its tensors. */
export function encodeGraphHead({ nodes, name }: OnnxModel): Uint8Array {
  return Graph.encode({ node: nodes.map(nodeMessage), name }).finish();
}

/** The fields of GraphProto after its tensors. */
export function encodeGraphTail({ doc, inputs, outputs }: OnnxModel): Uint8Array {
  return Graph.encode({ docString: doc, input: inputs.map(valueMessage), output: outputs.map(valueMessage) }).finish();
}

/** TensorProto without its raw_data. With a place, its bytes are looked for there. */
export function encodeTensorHead({ name, type, shape, doc }: OnnxTensor, place?: ExternalPlace): Uint8Array {
  const head = {
    dims: [...shape],
    dataType: ONNX_TYPES[type].code,
    name,
    ...(doc === "" ? {} : { docString: doc }),
  };
  if (place === undefined) return TensorHead.encode(head).finish();
  const { location, offset, length } = place;
  const entries = Object.entries({ location, offset: String(offset), length: String(length) });
  const externalData = entries.map(([key, value]) => ({ key, value }));
  return TensorHead.encode({ ...head, externalData, dataLocation: 1 }).finish();
}

function nodeMessage({ name, opType, inputs, outputs, attributes }: OnnxNode) {
  const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...attributeMessage(value) }));
  return { name, opType, input: [...inputs], output: [...outputs], attribute };
}

function attributeMessage(value: OnnxAttribute) {
  if ("int" in value) return { i: value.int, type: ATTRIBUTE_TYPES.int };
  if ("ints" in value) return { ints: [...value.ints], type: ATTRIBUTE_TYPES.ints };
  return { s: utf8.encode(value.text), type: ATTRIBUTE_TYPES.text };
}

function valueMessage({ name, shape, doc }: OnnxValue) {
  const dim = shape.map((extent) => (typeof extent === "number" ? { dimValue: extent } : { dimParam: extent }));
  return { name, docString: doc, type: { tensorType: { elemType: ONNX_TYPES.float32.code, shape: { dim } } } };
}
