import { FormatError } from "../../core/errors.js";
import { elementCount, type FloatArray, formatShape, type Shape, type Tensor } from "../../core/tensor.js";
import { tensorAttribute } from "./attributes.js";
import { decodeContent } from "./constant-content.js";
import { type DataType, dataType } from "./data-type.js";
import { decodeMessage } from "./decode.js";
import { biggan_port } from "./saved_model.generated.js";
import { readShape } from "./shape.js";
import { typedValues } from "./typed-values.js";
import type { NodeDef } from "./types.js";

const { TensorProto } = biggan_port.saved_model;

/** Twice the largest weight of the published models ([256, 32768]); one stored value may claim to fill so many elements. */
const MAX_ELEMENTS = 1 << 24;

/** What a TensorProto may take beside its contiguous content: lists of single values grow up to 40 times in decoding. TensorFlow writes such lists for a few elements. */
const MAX_VALUE_BYTES = 4 << 20;

/** A constant of the graph. Float32 for the types that it holds exactly (float32, float16, bfloat16), otherwise Float64, integers and booleans too. */
export interface ConstantTensor extends Tensor {
  readonly dtype: DataType;
}

/** The type and shape of a constant, with its values still encoded in the file. */
export interface EncodedConstant {
  readonly dtype: DataType;
  readonly shape: Shape;
  /** All elements, a copy. */
  readonly values: () => FloatArray;
}

/** The start of a `Const` node's value. Throws {@link FormatError} when the node holds no tensor, or one that cannot be numbers. */
export function encodedConstant(file: string, node: NodeDef): EncodedConstant {
  const field = `constant ${node.name}`;
  const bytes = tensorAttribute(file, node, "value");
  if (bytes === undefined) throw new FormatError({ file, field }, "a tensor", `a ${node.op} without one`);
  checkValueBytes(file, field, bytes);
  const message = decodeMessage({ file, bytes }, bytes, field, (reader) => TensorProto.decode(reader));
  const dtype = dataType(message.dtype);
  const shape = readShape(file, field, message.shape);
  const count = shape === undefined ? Number.NaN : elementCount(shape);
  if (shape === undefined || shape.some((extent) => extent < 0) || !(count <= MAX_ELEMENTS)) {
    const found = shape === undefined ? "an unknown rank" : formatShape(shape);
    throw new FormatError({ file, field }, `a shape of at most ${MAX_ELEMENTS} elements`, found);
  }
  const values = () => {
    const content = node.contentAside?.read() ?? message.content;
    return content.length > 0
      ? decodeContent(file, field, dtype, content, count)
      : repeatLast(file, field, typedValues(file, field, dtype, message), count);
  };
  return { dtype, shape, values };
}

/** The value of a `Const` node, a copy. https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/tensor.proto */
export function constantTensor(file: string, node: NodeDef): ConstantTensor {
  const { dtype, shape, values } = encodedConstant(file, node);
  return { dtype, shape, data: values() };
}

/** Walks the fields without decoding them: everything but the content must be small. */
function checkValueBytes(file: string, field: string, bytes: Uint8Array): void {
  if (bytes.length <= MAX_VALUE_BYTES) return;
  const content = decodeMessage({ file, bytes }, bytes, field, (reader) => {
    let longest = 0;
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      const start = reader.pos;
      reader.skipType(tag & 7, 0, tag >>> 3);
      if (tag === 0x22) longest = Math.max(longest, reader.pos - start);
    }
    return longest;
  });
  if (bytes.length - content > MAX_VALUE_BYTES) {
    throw new FormatError(
      { file, field },
      `at most ${MAX_VALUE_BYTES} bytes of single values`,
      `${bytes.length - content} bytes`,
    );
  }
}

/** A value stands for itself and, when it is the last one, for all the elements after it; none at all stands for zeros. */
function repeatLast(file: string, field: string, values: FloatArray, count: number): FloatArray {
  if (values.length > count) throw new FormatError({ file, field }, `${count} values`, `${values.length}`);
  if (values.length === count) return values;
  const data = values instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  data.set(values);
  return data.fill(values.at(-1) ?? 0, values.length);
}
