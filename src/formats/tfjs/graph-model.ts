import { elementCount, type Shape } from "../../core/tensor.js";

/**
 * The JSON form of a TensorFlow GraphDef as tfjs graph models carry it: 64-bit integers are decimal strings, byte strings are
 * base64. https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-converter/src/data/compiled_api.ts
 */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, TfjsAttribute>>;
}

export type TfjsAttribute =
  | { readonly type: TfjsDataType }
  | { readonly b: boolean }
  | { readonly i: string }
  | { readonly s: string }
  | { readonly shape: TfjsShape }
  | { readonly list: { readonly i: readonly string[] } | { readonly s: readonly string[] } };

export type TfjsDataType = "DT_FLOAT" | "DT_INT32";

/** `size: "-1"` is an extent that is known only at run time. */
export interface TfjsShape {
  readonly dim: readonly { readonly size: string }[];
}

export interface TfjsTopology {
  readonly node: readonly TfjsNode[];
  readonly library: Readonly<Record<string, never>>;
  readonly versions: { readonly producer: number; readonly minConsumer: number };
}

/** A graph input or output as callers see it: `name` is `<node>:0`. */
export interface TfjsTensorInfo {
  readonly name: string;
  readonly dtype: TfjsDataType;
  readonly tensorShape: TfjsShape;
}

export interface TfjsSignature {
  readonly inputs: Readonly<Record<string, TfjsTensorInfo>>;
  readonly outputs: Readonly<Record<string, TfjsTensorInfo>>;
}

/** One tensor of the weight files, in file order. */
export interface TfjsWeightSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  /** Where the file holds fewer bits, which tfjs unpacks to `dtype` when it loads: float16, or `byte * scale + min`. */
  readonly quantization?: TfjsQuantization;
}

/** https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/io/types.ts (`WeightsManifestEntry`) */
export type TfjsQuantization =
  | { readonly dtype: "float16" }
  | { readonly dtype: "uint8"; readonly scale: number; readonly min: number };

const BYTES = { float32: 4, int32: 4, float16: 2, uint8: 1 } as const;

/** What a weight takes in its file. */
export function weightByteLength({ shape, dtype, quantization }: TfjsWeightSpec): number {
  return elementCount(shape) * BYTES[quantization?.dtype ?? dtype];
}

/** The bytes of `model.json`. No dates and no versions in it: the same model gives the same bytes. */
export function encodeModelJson(
  modelTopology: TfjsTopology,
  signature: TfjsSignature,
  weights: readonly TfjsWeightSpec[],
  paths: readonly string[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify({
    format: "graph-model",
    generatedBy: "biggan-port",
    convertedBy: "biggan-port",
    signature,
    modelTopology,
    weightsManifest: [{ paths, weights: weights.map(manifestEntry) }],
    ...(Object.keys(metadata).length === 0 ? {} : { userDefinedMetadata: metadata }),
  });
  return new TextEncoder().encode(text);
}

function manifestEntry({ name, shape, dtype, quantization }: TfjsWeightSpec) {
  return { name, shape, dtype, ...(quantization === undefined ? {} : { quantization }) };
}

/** Extents as the signature and the placeholders write them. */
export function tfjsShape(shape: Shape): TfjsShape {
  return { dim: shape.map((extent) => ({ size: String(extent) })) };
}
