import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { NamedTensorMap } from "@tensorflow/tfjs-core";
import type { WebBackend } from "../types.js";
import type { TfjsFiles } from "../worker/model-source.js";
import type { Engine, Row } from "./engine.js";
import { GpuLost } from "./loss-watch.js";
import { START_TFJS, type StartedBackend, type TfjsCore } from "./tfjs-backends.js";

/** tfjs has one engine in a thread: models that are open on one back-end share it. */
const running = new Map<WebBackend, { readonly started: StartedBackend; models: number }>();

/** Loads a graph model by `tf.loadGraphModel` on a back-end of its own library. Throws what the browser, the library or `files` throw. */
export async function openTfjs(backend: WebBackend, files: TfjsFiles): Promise<Engine> {
  const [core, { loadGraphModel }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-converter"),
  ]);
  // Production mode's one effect is that tfjs stops printing advice to the console.
  core.enableProdMode();
  const started = await start(core, backend);
  let model: GraphModel | undefined;
  try {
    const { modelTopology, signature, weightSpecs, weightStream } = files;
    const artifacts = { format: "graph-model", modelTopology, signature, weightSpecs, getWeightStream: weightStream };
    model = await started.watch.guard(() => loadGraphModel(core.io.fromMemory(artifacts)));
  } catch (error) {
    stop(core, backend);
    throw error;
  }

  return {
    backend,
    description: `tfjs ${core.version_core}, ${started.description}`,
    async run(row) {
      const graph = model;
      if (graph === undefined) throw new GpuLost("the model is not loaded");
      await activate(core, backend);
      return await started.watch.guard(() => execute(core, graph, row));
    },
    memory() {
      const { numTensors, numBytes } = core.memory();
      return { tensors: numTensors, bytes: numBytes };
    },
    async dispose() {
      const closing = model;
      model = undefined;
      if (closing === undefined) return;
      closing.dispose();
      stop(core, backend);
    },
  };
}

/** The back-end, started unless another model has it. Leaves it active. */
async function start(core: TfjsCore, name: WebBackend): Promise<StartedBackend> {
  const shared = running.get(name);
  if (shared !== undefined && !shared.started.watch.isLost()) {
    shared.models++;
    await activate(core, name);
    return shared.started;
  }
  const started = await START_TFJS[name](core);
  if (core.findBackendFactory(name)) core.removeBackend(name);
  core.registerBackend(name, () => started.backend);
  running.set(name, { started, models: 1 });
  try {
    await activate(core, name);
  } catch (error) {
    stop(core, name);
    throw error;
  }
  return started;
}

/** tfjs falls back to another back-end silently: it is set and asked for before each use. */
async function activate(core: TfjsCore, name: WebBackend): Promise<void> {
  if (core.getBackend() !== name) await core.setBackend(name);
  const found = core.getBackend();
  if (found !== name) throw new Error(`expected tfjs to run on ${name}, found ${found || "no back-end"}`);
}

function stop(core: TfjsCore, name: WebBackend): void {
  const shared = running.get(name);
  if (shared === undefined || --shared.models > 0) return;
  running.delete(name);
  core.removeBackend(name);
  shared.started.end();
}

async function execute(core: TfjsCore, model: GraphModel, { z, y, truncation }: Row): Promise<Float32Array> {
  const inputs: NamedTensorMap = {};
  for (const { name } of model.inputs) {
    if (name === "z") inputs[name] = core.tensor2d(z, [1, z.length]);
    else if (name === "y") inputs[name] = core.tensor2d(y, [1, y.length]);
    else inputs[name] = core.scalar(truncation);
  }
  try {
    const image = model.execute(inputs, "image");
    const [first] = Array.isArray(image) ? image : [image];
    if (first === undefined) throw new Error("the model gave no image");
    try {
      // A copy: WebAssembly's memory is used again.
      return Float32Array.from(await first.data<"float32">());
    } finally {
      first.dispose();
    }
  } finally {
    core.dispose(inputs);
  }
}
