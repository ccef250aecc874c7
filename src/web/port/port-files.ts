import "../platform/dispose-symbols.js";
import { InterruptedError, throwIfAborted, UsageError } from "../../core/errors.js";
import { goldensAreCheap } from "../../export/golden-cases.js";
import { type PreparedFormat, prepareFormats } from "../../export/prepare-formats.js";
import { readDocument } from "../../formats/json-document.js";
import { parameterCount } from "../../graph/graph.js";
import { lowerToTfjs } from "../../lowering/tfjs-graph.js";
import { type Model, openModel } from "../../mapping/open-model.js";
import { FAMILY_NAMES } from "../../models/model-config.js";
import { findLabels, MAX_LABELS_BYTES, parseLabels } from "../../sampling/labels-file.js";
import type { LoadProgress } from "../types.js";
import type { DroppedFile } from "./dropped-file.js";
import { goldenPictures } from "./golden-pictures.js";
import { hashWeights, weightStream, weightsTotal } from "./lowered-weights.js";
import { type MountedDrop, mountDrop } from "./mount-drop.js";
import type { PortedModel } from "./ported-model.js";

export interface PortOptions {
  readonly signal?: AbortSignal | undefined;
  /** `total` is 0 where nobody knows how long a step takes. */
  readonly onProgress?: ((progress: Extract<LoadProgress, { readonly stage: "port" }>) => void) | undefined;
}

/**
 * Ports a dropped MODEL where it is: any kind that the command line takes, a file or a folder, opened by the same readers on a virtual disk,
 * rewritten and lowered as `convert --to tfjs` does. For workers: files are read synchronously, and nothing is held whole but the tensor at hand.
 * By the end every checksum has been verified. One model at a time; dispose of it when its weights are loaded.
 * @throws PortError with the words and the hint of the command line; InterruptedError when aborted.
 *
 * @example
 * await using ported = await portFiles([...input.files].map(droppedFile));
 */
export async function portFiles(files: readonly DroppedFile[], options: PortOptions = {}): Promise<PortedModel> {
  throwIfAborted(options.signal);
  const drop = mountDrop(files);
  let model: Model | undefined;
  try {
    model = await openDropped(drop, options);
    return await port(drop, model, options);
  } catch (error) {
    await model?.[Symbol.asyncDispose]();
    await drop[Symbol.asyncDispose]();
    throw options.signal?.aborted ? new InterruptedError() : error;
  }
}

async function openDropped({ path }: MountedDrop, { signal, onProgress }: PortOptions): Promise<Model> {
  return await openModel(path, {
    signal,
    onProgress: (bytes, total) => onProgress?.({ stage: "port", step: "Unpacking", bytes, total }),
  });
}

async function port(drop: MountedDrop, model: Model, { signal, onProgress }: PortOptions): Promise<PortedModel> {
  const { file, config, graph, description, source, resolution, warnings } = model;
  if (graph.role !== "generator") {
    throw new UsageError(`${file}: expected a generator, found a ${FAMILY_NAMES[config.family]}`, {
      hint: "A discriminator judges pictures and makes none: drop the generator that it was trained with.",
    });
  }
  const tell = (step: string, bytes: number, total: number) => onProgress?.({ stage: "port", step, bytes, total });
  const prepared = forTfjs(model);
  const { weights, modelTopology, signature } = lowerToTfjs(prepared.graph);
  const hash = await hashWeights(weights, prepared.parameters, {
    signal,
    onProgress: (bytes, total) => tell("Reading the weights", bytes, total),
  });
  const labels = await labelsOf(drop, graph.classes, signal);
  const truncation = description?.model.truncation;
  const baked = truncation?.kind === "baked" ? truncation.value : undefined;
  const isCheap = goldensAreCheap(graph);
  if (isCheap) tell("Computing test pictures", 0, 0);
  const goldens = isCheap ? await goldenPictures(graph, model.parameters(), { baked, signal }) : undefined;
  return {
    facts: {
      name: description?.model.name ?? nameOf(file),
      family: config.family,
      resolution: graph.resolution,
      classes: graph.classes,
      zDim: graph.zDim,
      parameters: parameterCount(graph),
      labels,
      bakedTruncation: baked,
      hash,
      bytes: weightsTotal(weights),
      warnings,
    },
    tfjs: {
      modelTopology,
      signature,
      weightSpecs: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
      weightStream: () => weightStream(weights, prepared.parameters),
    },
    goldens,
    mapped: resolution.assignments.length,
    sourceTensors: source.tensors.size,
    async [Symbol.asyncDispose]() {
      await model[Symbol.asyncDispose]();
      await drop[Symbol.asyncDispose]();
    },
  };
}

/** With the rewrites that pay in tfjs. */
function forTfjs(model: Model): PreparedFormat {
  const [prepared] = prepareFormats(model, { formats: ["tfjs"] });
  if (prepared === undefined) throw new Error("port: nothing was prepared");
  return prepared;
}

/** Those that were dropped with the model; else as the command line finds them. */
async function labelsOf({ path, labels }: MountedDrop, classes: number, signal: AbortSignal | undefined) {
  if (labels === undefined) return await findLabels(path, classes, { signal });
  const text = await readDocument(labels, labels, MAX_LABELS_BYTES, { signal });
  return parseLabels(labels, new TextDecoder().decode(text), classes);
}

/** As exports name it: the file without `.tar.gz`. */
function nameOf(file: string): string {
  return (file.split("/").at(-1) ?? file).replace(/\.(tar\.gz|tgz)$/i, "");
}
