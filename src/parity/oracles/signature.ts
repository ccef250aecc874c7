import { FormatError, UsageError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/tensor.js";
import type { MetaGraph, Signature, SignatureTensor } from "../../formats/saved-model/types.js";

/** Where a generator's inputs enter its graph and its picture leaves it. */
export interface GeneratorSignature {
  readonly z: SignatureTensor;
  readonly y: SignatureTensor;
  /** A graph without statistics may not need it. */
  readonly truncation: SignatureTensor | undefined;
  readonly image: SignatureTensor;
}

/** From the signature `default`, or the only one. Throws {@link FormatError} when it has no z, no y, or not one output. */
export function generatorSignature(file: string, { signatures }: MetaGraph): GeneratorSignature {
  const only = signatures.size === 1 ? [...signatures.values()][0] : undefined;
  const signature = signatures.get("default") ?? only;
  if (signature === undefined) {
    const found = signatures.size === 0 ? "none" : [...signatures.keys()].join(", ");
    throw new FormatError({ file, field: "signatures" }, "one named default", found);
  }
  const outputs = Object.entries(signature.outputs);
  const image = outputs.find(([key]) => key === "default")?.[1] ?? (outputs.length === 1 ? outputs[0]?.[1] : undefined);
  if (image === undefined) {
    const found = outputs.length === 0 ? "none" : outputs.map(([key]) => key).join(", ");
    throw new FormatError({ file, field: "signature outputs" }, "one named default", found);
  }
  return {
    z: inputOf(file, signature, "z"),
    y: inputOf(file, signature, "y"),
    truncation: Object.hasOwn(signature.inputs, "truncation") ? signature.inputs["truncation"] : undefined,
    image,
  };
}

function inputOf(file: string, { inputs }: Signature, key: string): SignatureTensor {
  const tensor = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
  if (tensor !== undefined) return tensor;
  const found = Object.keys(inputs).join(", ") || "none";
  throw new FormatError({ file, field: "signature inputs" }, `one named ${key}`, found);
}

/** Refuses an input that the signature does not take, with a {@link UsageError}. */
export function checkFeed(key: string, { shape }: SignatureTensor, found: Shape): void {
  if (shape === undefined) return;
  const fits = shape.length === found.length && shape.every((extent, axis) => extent < 0 || extent === found[axis]);
  if (!fits) throw new UsageError(`${key}: expected shape ${formatShape(shape)}, found ${formatShape(found)}`);
}
