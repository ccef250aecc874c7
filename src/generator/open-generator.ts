import { basename } from "node:path";
import { UsageError } from "../core/errors.js";
import { parameterCount } from "../graph/graph.js";
import { type Model, type OpenModelOptions, openModel as openFile } from "../mapping/open-model.js";
import { type BackendName, DEFAULT_BACKEND, parseBackend } from "../runtime/backends.js";
import { findLabels } from "../sampling/labels-file.js";
import type { ModelFacts } from "../sampling/model-facts.js";
import {
  type InterpolationRequest,
  interpolationInputs,
  type PictureRequest,
  pictureInputs,
} from "../sampling/picture-request.js";
import { createDrawing, type PictureOptions } from "./draw.js";
import type { Picture } from "./picture.js";

export interface OpenedModelOptions extends OpenModelOptions {
  /** What computes pictures, as on the command line: `tfjs-wasm` by default, which is always there. */
  readonly backend?: string | undefined;
}

/** A model that draws: the surface of `biggan-port/web`, on top of everything that a {@link Model} is. */
export interface OpenedModel extends Model {
  readonly model: ModelFacts;
  /** What computes; the description says versions and adapter, and is there after the first picture. */
  readonly backend: { readonly backend: BackendName; readonly description: string | undefined };
  /**
   * `count` pictures, opaque. The same request gives the same picture as in a browser, but for rounding. Calls may overlap: they take turns, picture by picture.
   * Rejects with a UsageError that says what is wrong with the request, a BackendError, an InterruptedError.
   */
  generate(request: PictureRequest, options?: PictureOptions): Promise<Picture[]>;
  /** `steps` pictures between two points. */
  interpolate(request: InterpolationRequest, options?: PictureOptions): Promise<Picture[]>;
  /** Stops what is under way and closes runtime and files; `await using` does so too. Later calls are refused. */
  dispose(): Promise<void>;
}

/**
 * Opens whatever holds a model (src/mapping/open-model.ts), ready to draw: the back-end starts with the first picture and stays. A rewritten export
 * draws about twice as fast as the checkpoint that it was made from.
 *
 * @example
 * await using generator = await openModel("out/biggan-mini");
 * const [fish] = await generator.generate({ class: "fish", seed: 7, truncation: 0.5 });
 * if (fish !== undefined) await writeFile("fish.png", encodePng(fish));
 */
export async function openModel(file: string, options: OpenedModelOptions = {}): Promise<OpenedModel> {
  const { backend = DEFAULT_BACKEND, ...opening } = options;
  const name = parseBackend(backend);
  const opened = await openFile(file, opening);
  try {
    const facts = await factsOf(opened, opening);
    const drawing = createDrawing(opened, name);
    let closed: Promise<void> | undefined;
    const dispose = (): Promise<void> => {
      closed ??= drawing.close().finally(() => opened[Symbol.asyncDispose]());
      return closed;
    };
    return {
      ...opened,
      model: facts,
      get backend() {
        return { backend: name, description: drawing.description };
      },
      async generate(request, pictures) {
        requireGenerator(opened, "generate");
        return await drawing.draw(pictureInputs(request, facts), pictures);
      },
      async interpolate(request, pictures) {
        requireGenerator(opened, "interpolate");
        return await drawing.draw(interpolationInputs(request, facts), pictures);
      },
      dispose,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

async function factsOf(
  { file, config, graph, description, warnings }: Model,
  { signal }: OpenModelOptions,
): Promise<ModelFacts> {
  const truncation = description?.model.truncation;
  return {
    name: description?.model.name ?? basename(file).replace(/\.(tar\.gz|tgz)$/, ""),
    family: config.family,
    resolution: graph.resolution,
    classes: graph.classes,
    zDim: graph.zDim,
    parameters: parameterCount(graph),
    labels: await findLabels(file, graph.classes, { signal }),
    bakedTruncation: truncation?.kind === "baked" ? truncation.value : undefined,
    warnings,
  };
}

function requireGenerator({ file, graph }: Model, what: string): void {
  if (graph.role === "generator") return;
  throw new UsageError(`${file}: ${what}: expected a generator, found a discriminator`, {
    hint: "A discriminator judges pictures: open its runtime with openRuntime and evaluate it.",
  });
}
