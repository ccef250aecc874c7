import { UsageError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import type { Availability, Backend, OpenRuntimeOptions } from "./backend.js";
import { chromiumBackend, nativeBackend, onnxBackend, referenceBackend, tfjsBackend } from "./backend-kinds.js";
import type { Runtime } from "./runtime.js";

/** By their names on the command line, in the order in which reports list them. */
const REGISTRY = {
  reference: referenceBackend,
  "tfjs-cpu": tfjsBackend("tfjs-cpu"),
  "tfjs-wasm": tfjsBackend("tfjs-wasm"),
  "tfjs-webgpu": nativeBackend("tfjs-webgpu"),
  "tfjs-node": nativeBackend("tfjs-node"),
  "tfjs-node-gpu": nativeBackend("tfjs-node-gpu"),
  "tfjs-webgl": chromiumBackend("tfjs-webgl"),
  "chromium:tfjs-webgpu": chromiumBackend("chromium:tfjs-webgpu"),
  "chromium:tfjs-wasm": chromiumBackend("chromium:tfjs-wasm"),
  "ort-cpu": onnxBackend("ort-cpu"),
  "ort-cuda": onnxBackend("ort-cuda"),
  "ort-webgpu": onnxBackend("ort-webgpu"),
  "ort-wasm": onnxBackend("ort-wasm"),
  "chromium:ort-webgpu": chromiumBackend("chromium:ort-webgpu"),
  "chromium:ort-wasm": chromiumBackend("chromium:ort-wasm"),
} as const satisfies Record<string, Backend>;

export type BackendName = keyof typeof REGISTRY;

const isBackendName = (name: string): name is BackendName => Object.hasOwn(REGISTRY, name);

export const BACKENDS: readonly BackendName[] = Object.keys(REGISTRY).filter(isBackendName);

export const DEFAULT_BACKEND: BackendName = "tfjs-wasm";

export function parseBackend(name: string): BackendName {
  if (!isBackendName(name)) {
    throw new UsageError(`--backend: expected one of ${BACKENDS.join(", ")}, found ${name}`);
  }
  return name;
}

/** @throws BackendError when the back-end is not there (its hint is what adds it), does not start or fails. */
export async function openRuntime(
  backend: BackendName,
  graph: Graph,
  parameters: ParameterSource,
  options: OpenRuntimeOptions = {},
): Promise<Runtime> {
  return REGISTRY[backend].open(graph, parameters, options);
}

/** A back-end, and whether it can run here. */
export interface BackendState {
  readonly backend: BackendName;
  readonly where: string;
  readonly availability: Availability;
}

/** Tries every back-end, one after another: they share processor, GPU and browser. */
export async function surveyBackends(): Promise<BackendState[]> {
  const states: BackendState[] = [];
  for (const backend of BACKENDS) {
    const { where, available } = REGISTRY[backend];
    states.push({ backend, where, availability: await available() });
  }
  return states;
}

/** A back-end that was asked for and did not run. */
export interface NotRun {
  readonly backend: BackendName;
  readonly reason: string;
  /** What adds it, where something does. */
  readonly command?: string;
}

/** Computes a model of any size soonest where it is there; the default back-end always is. */
const FASTEST: BackendName = "ort-cpu";

/** For work that only needs float32 pictures, many of them. */
export async function fastestBackend(): Promise<BackendName> {
  const { ok } = await REGISTRY[FASTEST].available();
  return ok ? FASTEST : DEFAULT_BACKEND;
}

/** `--backend all`: those that can run here, and the others with the reason. */
export async function allBackends(): Promise<{ backends: BackendName[]; notRun: NotRun[] }> {
  const backends: BackendName[] = [];
  const notRun: NotRun[] = [];
  for (const { backend, availability } of await surveyBackends()) {
    if (availability.ok) backends.push(backend);
    else {
      const { reason, command } = availability;
      notRun.push({ backend, reason, ...(command === undefined ? {} : { command }) });
    }
  }
  return { backends, notRun };
}
