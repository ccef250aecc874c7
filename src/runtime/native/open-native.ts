import type { ParameterSource } from "../../core/parameter-source.js";
import type { Graph } from "../../graph/graph.js";
import { openHosted } from "../host/open-hosted.js";
import { spawnNode } from "../host/spawn-node.js";
import { tfjsModel } from "../host/tfjs-model.js";
import type { Runtime } from "../runtime.js";
import { probeDawn, WEBGPU_SCRIPT } from "./dawn.js";
import { requireTfjsNode, TENSORFLOW_SCRIPT } from "./tfjs-node.js";

/** The back-ends of tfjs that need a native library, each in a Node process of its own. */
export type NativeBackend = "tfjs-webgpu" | "tfjs-node" | "tfjs-node-gpu";

export interface OpenNativeOptions {
  readonly backend: NativeBackend;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a graph on a native library, in float32, in a process of its own: when the library crashes, this process reports it.
 * `tfjs-webgpu` computes on Dawn, on the machine's GPU or else on Chromium's SwiftShader; `adapter` says which.
 * @throws BackendError when a package or an adapter is missing (it says what to install), or when it does not start or fails.
 *
 * @example
 * await using runtime = await openNative(graph, parameters, { backend: "tfjs-webgpu" });
 */
export async function openNative(
  graph: Graph,
  parameters: ParameterSource,
  { backend, signal }: OpenNativeOptions,
): Promise<Runtime> {
  const { script, args, environment } = await processOf(backend);
  return openHosted(graph, tfjsModel(graph, parameters), {
    backend,
    signal,
    folders: {},
    start: async (base) => spawnNode({ script, args: [base, ...args], environment }),
  });
}

async function processOf(backend: NativeBackend) {
  if (backend === "tfjs-webgpu") {
    const { environment } = await probeDawn();
    return { script: WEBGPU_SCRIPT, args: [], environment };
  }
  return { script: TENSORFLOW_SCRIPT, args: [requireTfjsNode(backend).entry], environment: {} };
}
