import { BackendError, UsageError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import type { Runtime } from "./runtime.js";

/** Names of the command line's contract. */
export const BACKENDS = [
  "reference",
  "tfjs-cpu",
  "tfjs-wasm",
  "tfjs-webgpu",
  "tfjs-node",
  "tfjs-node-gpu",
  "ort-cpu",
  "ort-cuda",
  "ort-webgpu",
  "ort-wasm",
] as const;

export type BackendName = (typeof BACKENDS)[number];

export const DEFAULT_BACKEND: BackendName = "tfjs-wasm";

export function parseBackend(name: string): BackendName {
  const found = BACKENDS.find((backend) => backend === name);
  if (found === undefined) {
    throw new UsageError(`--backend: expected one of ${BACKENDS.join(", ")}, found ${name}`);
  }
  return found;
}

export interface OpenRuntimeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Loads the back-end's code only when it is asked for, and the graph's parameters into it. */
export async function openRuntime(
  backend: BackendName,
  graph: Graph,
  parameters: ParameterSource,
  options: OpenRuntimeOptions = {},
): Promise<Runtime> {
  switch (backend) {
    case "reference": {
      const { openReference } = await import("./reference/open-reference.js");
      return openReference(graph, parameters, options);
    }
    case "tfjs-cpu":
    case "tfjs-wasm": {
      const { openTfjs } = await import("./tfjs/open-tfjs.js");
      return openTfjs(graph, parameters, { backend, ...options });
    }
    default:
      throw new BackendError(`${backend}: this version runs reference, tfjs-cpu and tfjs-wasm`, {
        hint: "Choose one of these with --backend.",
      });
  }
}
