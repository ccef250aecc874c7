import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type ReadOptions, tensorPieces } from "../core/tensor-source.js";
import { asExport, type ExportedFile, writeExported } from "../export/written-file.js";
import { type TensorToWrite, writeSafetensors } from "../formats/safetensors/write-safetensors.js";
import type { Model } from "../mapping/model.js";
import { version } from "../version.js";
import type { ChosenNaming } from "./choose-naming.js";
import { encodeFloats } from "./encode-floats.js";
import { namedTensors } from "./named-tensors.js";

/** What their own programs look for. */
export const NAMED_FILE = "model.safetensors";

export interface WriteNamedOptions extends ReadOptions {
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Tensor extends TensorToWrite {
  bytes(options: ReadOptions): AsyncIterable<Uint8Array>;
}

/**
 * Writes `model.safetensors` with another project's names into a folder, and the config.json that its program builds the model from. One
 * weight is in memory at a time. The same model gives the same bytes.
 * @throws ExportError when the folder cannot be written; InterruptedError when aborted.
 */
export async function writeNamed(
  folder: string,
  model: Model,
  chosen: ChosenNaming,
  { signal, onProgress }: WriteNamedOptions = {},
): Promise<readonly ExportedFile[]> {
  const { naming, mapping, folded } = chosen;
  const metadata = {
    // As transformers and safetensors mark files of PyTorch tensors.
    format: "pt",
    mapping: mapping.name,
    source: basename(model.file),
    tool: `biggan-port ${version}`,
  };
  return asExport(
    folder,
    async () => {
      await mkdir(folder, { recursive: true });
      const tensors = chosen.copied ? copied(model, chosen) : converted(model, chosen);
      const pieces = (tensor: Tensor) => tensor.bytes({ signal });
      const written = await writeSafetensors(join(folder, NAMED_FILE), tensors, pieces, {
        metadata,
        signal,
        onProgress,
      });
      const config = `${JSON.stringify(naming.config(model.config, folded), undefined, 2)}\n`;
      return [{ path: NAMED_FILE, ...written }, await writeExported(folder, "config.json", Buffer.from(config))];
    },
    signal,
  );
}

/**
 * Every tensor of a source that has the names already, those that no parameter takes included; and the singular values that BigGAN-PyTorch
 * keeps beside the vectors, where somebody has left them out: without them it does not load strictly.
 */
function copied(model: Model, chosen: ChosenNaming): readonly Tensor[] {
  const { source } = model;
  const own = [...source.tensors.values()].map(
    ({ name, dtype, shape }): Tensor => ({
      name,
      dtype,
      shape,
      bytes: (options) => tensorPieces(source, name, options),
    }),
  );
  const values = converted(model, chosen).filter(({ name }) => name.endsWith(".sv0") && !source.tensors.has(name));
  return [...own, ...values];
}

function converted(model: Model, { mapping, naming, rows }: ChosenNaming): readonly Tensor[] {
  return namedTensors(model, mapping, naming, rows).map(({ name, dtype, shape, values }) => ({
    name,
    dtype,
    shape,
    async *bytes(options) {
      yield encodeFloats(await values(options), dtype);
    },
  }));
}
