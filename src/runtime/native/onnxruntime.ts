import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BackendError } from "../../core/errors.js";
import { frameModel } from "../../formats/onnx/frame-model.js";
import { packageEntry, packageVersion } from "../packages.js";
import { dawnEnvironments } from "./swiftshader.js";

export const ONNX_SCRIPT = new URL("process/onnx.js", import.meta.url);

const VERSION = "1.30.0";

/** The back-ends of onnxruntime in Node: its own name of what computes, and what adds it. */
export const ONNX_BACKENDS = {
  "ort-cpu": {
    package: "onnxruntime-node",
    provider: "cpu",
    install: `npm install --ignore-scripts onnxruntime-node@${VERSION}`,
  },
  "ort-cuda": {
    package: "onnxruntime-node",
    provider: "cuda",
    install: `npm install onnxruntime-node@${VERSION} (on Linux x64, with CUDA 12 or 13 and cuDNN 9; its install script fetches the CUDA provider)`,
  },
  "ort-webgpu": {
    package: "onnxruntime-node",
    provider: "webgpu",
    install: `npm install --ignore-scripts onnxruntime-node@${VERSION}`,
  },
  "ort-wasm": {
    package: "onnxruntime-web",
    provider: "wasm",
    install: `npm install onnxruntime-web@${VERSION}`,
  },
} as const;

export type OnnxBackend = keyof typeof ONNX_BACKENDS;

export function isOnnxBackend(name: string): name is OnnxBackend {
  return Object.hasOwn(ONNX_BACKENDS, name);
}

/** A back-end that ran a small model here, and the environment in which it did. */
export interface OnnxFacts {
  readonly entry: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A driver that hangs must not hang this program. */
const PROBE_TIMEOUT_MS = 30_000;

const known = new Map<OnnxBackend, Promise<OnnxFacts>>();

/** Runs a small model, once, in a process of its own. Throws a BackendError that says what to install when it does not run. */
export function probeOnnx(backend: OnnxBackend): Promise<OnnxFacts> {
  const asked = known.get(backend) ?? firstThatRuns(backend);
  known.set(backend, asked);
  asked.catch(() => known.delete(backend));
  return asked;
}

async function firstThatRuns(backend: OnnxBackend): Promise<OnnxFacts> {
  const { package: name, provider, install } = ONNX_BACKENDS[backend];
  const entry = packageEntry(name);
  if (entry === undefined) {
    throw new BackendError(`${backend}: expected the package ${name}, found none`, { hint: install });
  }
  const environments = provider === "webgpu" ? await dawnEnvironments() : [{}];
  let reason = "";
  for (const environment of environments) {
    const failure = await tryModel(entry, provider, environment);
    if (failure === undefined) return { entry, version: packageVersion(entry) ?? "of unknown version", environment };
    reason = failure;
  }
  throw new BackendError(`${backend}: did not start: ${reason}`, { hint: HINTS[provider] ?? install });
}

const HINTS: Readonly<Record<string, string>> = {
  webgpu: "apt-get install chromium (its software Vulkan, SwiftShader, does), or your GPU's driver",
};

/** Nothing when the model runs, else why not. */
async function tryModel(
  entry: string,
  provider: string,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const args = [fileURLToPath(ONNX_SCRIPT), "probe", probeModel(), entry, provider];
  try {
    await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...environment },
      timeout: PROBE_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    return undefined;
  } catch (error) {
    const said = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr).trim() : "";
    const message = error instanceof Error ? error.message : String(error);
    return (said || message).split("\n").at(-1) ?? "";
  }
}

/** x [1] -> relu(x), in base64. */
function probeModel(): string {
  const value = (name: string) => ({ name, shape: [1], doc: "" });
  const { model } = frameModel({
    name: "probe",
    doc: "",
    producer: { name: "biggan-port", version: "" },
    nodes: [{ name: "y", opType: "Relu", inputs: ["x"], outputs: ["y"], attributes: {} }],
    inputs: [value("x")],
    outputs: [value("y")],
    tensors: [],
    metadata: {},
  });
  return Buffer.concat(model.map((part) => ("bytes" in part ? part.bytes : new Uint8Array()))).toString("base64");
}
