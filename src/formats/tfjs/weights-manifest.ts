import { z } from "zod";
import { FormatError } from "../../core/errors.js";
import { elementCount, type Shape } from "../../core/tensor.js";
import { innerPath } from "../inner-path.js";
import { parseDocument } from "../json-document.js";

/** How the values of a weight are packed. `uint8` and `uint16` stand for value * scale + min. */
export type Quantization =
  | { readonly dtype: "float16" }
  | { readonly dtype: "uint8" | "uint16"; readonly scale: number; readonly min: number };

/** A weight and where its bytes lie in its group. */
export interface StoredWeight {
  readonly name: string;
  readonly dtype: "float32" | "int32" | "bool";
  readonly shape: Shape;
  readonly quantization: Quantization | undefined;
  /** In bytes from the start of the group's first file. */
  readonly start: number;
  readonly end: number;
}

/** Files that are one run of bytes, and the weights in it. */
export interface WeightGroup {
  /** Below the folder of model.json. */
  readonly paths: readonly string[];
  readonly weights: readonly StoredWeight[];
  readonly bytes: number;
}

export interface ModelDocument {
  readonly groups: readonly WeightGroup[];
  /** The strings of `userDefinedMetadata`. */
  readonly metadata: ReadonlyMap<string, string>;
}

const count = z.int("a whole number").nonnegative("a whole number from 0 on");

const finite = z.number("a finite number");

/** https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/io/types.ts (`WeightsManifestEntry`) */
const weightSchema = z.object({
  name: z.string("a name").max(1000, "a name of at most 1000 characters"),
  shape: z.array(count, "a list of extents").max(32, "at most 32 axes").readonly(),
  dtype: z.enum(["float32", "int32", "bool"], "float32, int32 or bool"),
  quantization: z
    .discriminatedUnion(
      "dtype",
      [
        z.object({ dtype: z.literal("float16") }),
        z.object({ dtype: z.literal("uint8"), scale: finite, min: finite }),
        z.object({ dtype: z.literal("uint16"), scale: finite, min: finite }),
      ],
      "float16, uint8 or uint16",
    )
    .optional(),
});

const documentFields = {
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(innerPath, "a list of paths").readonly(),
        weights: z.array(weightSchema, "a list of weights").readonly(),
      }),
      "a list of groups",
    )
    .readonly(),
  userDefinedMetadata: z.record(z.string(), z.unknown()).optional(),
};

const graphModelSchema = z.object({ format: z.literal("graph-model"), ...documentFields });

/** Before 2019, documents did not say their format. */
const anyModelSchema = z.object(
  {
    format: z.enum(["layers-model", "graph-model"], "layers-model or graph-model").optional(),
    ...documentFields,
  },
  "a JSON object",
);

const PLAIN_BYTES = { float32: 4, int32: 4, bool: 1 } as const;
const PACKED_BYTES = { float16: 2, uint8: 1, uint16: 2 } as const;

/** The weights that a `model.json` of a tfjs graph model lists. Throws a {@link FormatError} that names the first wrong field. */
export function parseModelDocument(file: string, bytes: Uint8Array): ModelDocument {
  const words = { expected: "a tfjs graph model", hint: "Give a folder that `biggan-port convert --to tfjs` wrote." };
  return modelDocument(file, parseDocument(bytes, graphModelSchema, { file, ...words }));
}

/** As {@link parseModelDocument}, of any model of tfjs: a layers model, or a graph model that others wrote. */
export function parseAnyModelDocument(file: string, bytes: Uint8Array): ModelDocument {
  const words = {
    expected: "a tfjs model with a weightsManifest",
    hint: "Give a folder with the model.json and the files of weights that `tensorflowjs_converter` or `model.save` wrote.",
  };
  return modelDocument(file, parseDocument(bytes, anyModelSchema, { file, ...words }));
}

function modelDocument(file: string, document: z.infer<typeof anyModelSchema>): ModelDocument {
  const names = new Set<string>();
  const groups = document.weightsManifest.map(({ paths, weights }): WeightGroup => {
    let offset = 0;
    const stored = weights.map((weight): StoredWeight => {
      if (names.has(weight.name)) throw new FormatError({ file, field: `weight ${weight.name}` }, "one", "two");
      names.add(weight.name);
      const start = offset;
      offset += byteLengthOf(file, weight);
      return { ...weight, quantization: weight.quantization, start, end: offset };
    });
    if (!Number.isSafeInteger(offset)) throw tooLarge(file, "weightsManifest");
    return { paths, weights: stored, bytes: offset };
  });
  const strings = Object.entries(document.userDefinedMetadata ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { groups, metadata: new Map(strings) };
}

function byteLengthOf(file: string, { name, shape, dtype, quantization }: z.infer<typeof weightSchema>): number {
  const isInt = dtype === "int32" && quantization?.dtype !== "float16";
  if (quantization !== undefined && dtype !== "float32" && !isInt) {
    throw new FormatError({ file, field: `weight ${name} quantization` }, `none for ${dtype}`, quantization.dtype);
  }
  const each = quantization === undefined ? PLAIN_BYTES[dtype] : PACKED_BYTES[quantization.dtype];
  const bytes = elementCount(shape) * each;
  if (!Number.isSafeInteger(bytes)) throw tooLarge(file, `weight ${name} shape`);
  return bytes;
}

function tooLarge(file: string, field: string): FormatError {
  return new FormatError({ file, field }, "a size below 2^53 bytes", "a larger one");
}
