import type { ParameterSource } from "../../core/parameter-source.js";
import { type Graph, outputOf } from "../../graph/graph.js";
import type { LowerOnnxOptions } from "../../lowering/onnx-graph.js";
import type { HostedModel } from "../host/hosted-model.js";
import { onnxFileModel, onnxModel, onnxRangesModel } from "../host/onnx-model.js";
import { openHosted } from "../host/open-hosted.js";
import { spawnNode } from "../host/spawn-node.js";
import type { Adapter, Runtime } from "../runtime.js";
import { probeDawn } from "./dawn.js";
import { ONNX_BACKENDS, ONNX_SCRIPT, type OnnxBackend, type OnnxFacts, probeOnnx } from "./onnxruntime.js";

export interface OpenOnnxOptions {
  readonly backend: OnnxBackend;
  readonly signal?: AbortSignal | undefined;
  /** How the model is written: stored and computed in fewer bits. */
  readonly lowering?: Omit<LowerOnnxOptions, "taps">;
}

/**
 * Runs a graph on onnxruntime, in float32, in a Node process of its own, as the ONNX model that an export would hold.
 * @throws BackendError when the package is missing (it says what to install), or when it does not start or fails.
 *
 * @example
 * await using runtime = await openOnnx(graph, parameters, { backend: "ort-cpu" });
 */
export async function openOnnx(
  graph: Graph,
  parameters: ParameterSource,
  { lowering, ...options }: OpenOnnxOptions,
): Promise<Runtime> {
  return open(graph, onnxModel(graph, parameters, lowering), options);
}

/** The same, but each layer is given as what is to know of its numbers, [n, 4]: src/lowering/onnx-ranges.ts. */
export async function openOnnxRanges(
  graph: Graph,
  parameters: ParameterSource,
  options: Omit<OpenOnnxOptions, "lowering">,
): Promise<Runtime> {
  return open(graph, onnxRangesModel(graph, parameters), options);
}

/** The same with the file of an export, `model.onnx`; it hands out the graph's output alone. */
export async function openOnnxFile(
  graph: Graph,
  file: string,
  options: Omit<OpenOnnxOptions, "lowering">,
): Promise<Runtime> {
  const output = outputOf(graph);
  const layers = new Map([...graph.layers].filter(([layer]) => layer === output));
  return open({ ...graph, layers }, onnxFileModel(file), options);
}

async function open(
  graph: Graph,
  model: HostedModel,
  { backend, signal }: Omit<OpenOnnxOptions, "lowering">,
): Promise<Runtime> {
  const { provider } = ONNX_BACKENDS[backend];
  const facts = await probeOnnx(backend);
  const adapter = await onnxAdapter(backend, facts);
  const about = adapter === undefined ? [] : [JSON.stringify(adapter)];
  return openHosted(graph, model, {
    backend,
    signal,
    folders: {},
    start: async (base, folder) =>
      spawnNode({
        script: ONNX_SCRIPT,
        args: [base, folder, facts.entry, provider, ...about],
        environment: { ...facts.environment, ...FULL_PRECISION },
      }),
  });
}

/** cuBLAS and cuDNN would round float32 products to TF32, with 10 bits: https://docs.nvidia.com/deeplearning/cudnn/backend/latest/reference/support-matrix.html */
const FULL_PRECISION = { NVIDIA_TF32_OVERRIDE: "0" };

/** onnxruntime does not tell its adapter: in the same environment, Dawn takes the same one. */
export async function onnxAdapter(backend: OnnxBackend, { environment }: OnnxFacts): Promise<Adapter | undefined> {
  if (backend === "ort-cuda") return { name: "CUDA device", vendor: "nvidia", software: false };
  if (backend !== "ort-webgpu") return undefined;
  const software = { name: "SwiftShader", vendor: "google", software: true };
  if (environment["VK_ICD_FILENAMES"] !== undefined) return software;
  return probeDawn().then(
    ({ adapter }) => adapter,
    () => ({ name: "unnamed", vendor: "unknown", software: false }),
  );
}
