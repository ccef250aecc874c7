import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ExportError } from "../core/errors.js";
import { float32Pieces, type ParameterSource } from "../core/parameter-source.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { type TensorToWrite, writeSafetensors } from "../formats/safetensors/write-safetensors.js";
import type { Graph, Parameter } from "../graph/graph.js";
import { float16Bits } from "../storage/encode-parameter.js";
import { type PrecisionPlan, precisionOf } from "../storage/plan.js";
import { asExport, type ExportedFile } from "./written-file.js";

/** Where the weights lie in an export. */
export const SAFETENSORS_FILE = "weights.safetensors";

export interface ExportSafetensorsOptions {
  /** Strings of `__metadata__`: with those of `encodeDescription` the file alone is a model. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** What is stored as float16; everything else is float32. */
  readonly plan?: PrecisionPlan | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface ParameterToWrite extends TensorToWrite {
  readonly parameter: Parameter;
}

/**
 * Writes `weights.safetensors` into a folder: the graph's parameters by its names, images' filters HWIO, statistics as tables
 * [rows, channels], spectral norms folded. A few MiB are in memory at a time. The same graph and parameters give the same bytes.
 * @throws ExportError when the folder cannot be written, or for an int8 in the plan; InterruptedError when aborted; what `parameters` throws.
 *
 * @example
 * const [file] = await exportSafetensors(graph, parameters, "out", { metadata: encodeDescription(description) });
 */
export async function exportSafetensors(
  graph: Graph,
  parameters: ParameterSource,
  folder: string,
  { metadata, plan, signal, onProgress }: ExportSafetensorsOptions = {},
): Promise<readonly ExportedFile[]> {
  const tensors = [...graph.parameters.values()].map((parameter): ParameterToWrite => {
    const { name, shape } = parameter;
    const stored = precisionOf(plan, name);
    if (stored === "int8") {
      throw new ExportError(`${SAFETENSORS_FILE}: ${name}: int8 is not written to safetensors`, {
        hint: "Use --dtype float32 or float16, or leave safetensors out of --to.",
      });
    }
    return { name, shape, dtype: stored, parameter };
  });
  const pieces = (tensor: ParameterToWrite) => tensorBytes(tensor, parameters, { signal });
  const write = async (): Promise<readonly ExportedFile[]> => {
    await mkdir(folder, { recursive: true });
    const file = join(folder, SAFETENSORS_FILE);
    const written = await writeSafetensors(file, tensors, pieces, { metadata, signal, onProgress });
    return [{ path: SAFETENSORS_FILE, ...written }];
  };
  return asExport(folder, write, signal);
}

/** Little-endian, as every machine that runs Node is. */
async function* tensorBytes(
  { name, dtype, parameter }: ParameterToWrite,
  parameters: ParameterSource,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  for await (const values of float32Pieces(parameters, name, options)) {
    const { buffer, byteOffset, byteLength } = dtype === "float16" ? float16Bits(parameter, values) : values;
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}
