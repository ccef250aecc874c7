// Everything that is measured: rows of the tables. `artifact` names what it runs (artifacts.mjs), `command` gives the words to run that.
import { createRequire } from "node:module";
import { join } from "node:path";
import { venvProgram } from "../bench/venvs.mjs";

const PYTORCH_SIZES = /^biggan-deep-(128|256|512)$/;

const contenderFile = ({ scripts }, name) => join(scripts, "bench-inference/contenders", name);

function onnxruntime(id, group, title, artifact, file = "onnx/model.onnx") {
  return {
    id,
    group,
    title: `onnxruntime: ${title}`,
    artifact,
    command: (context, { folder, inputs, threads }) => [
      ...[context.node, contenderFile(context, "onnxruntime.mjs")],
      ...[join(folder, file), inputs, String(threads)],
    ],
  };
}

function tfjs(backend, group, title, artifact, more = {}) {
  const name = backend === "tensorflow" ? "tfjs-node" : `tfjs-${backend}`;
  return {
    id: `${name}-${artifact}`,
    group,
    title: `${name}: ${title}`,
    artifact,
    command: (context, { folder, inputs }) => [
      ...[context.node, contenderFile(context, "tfjs.mjs"), backend],
      ...[join(folder, "tfjs"), inputs, tfjsNodeEntry() ?? ""],
    ],
    ...more,
  };
}

/** The package that scripts/install-tfjs-node.sh built, or one that is installed. */
function tfjsNodeEntry() {
  const { resolve } = createRequire(import.meta.url);
  try {
    return resolve(process.env["BIGGAN_PORT_TFJS_NODE"] || "@tensorflow/tfjs-node");
  } catch {
    return undefined;
  }
}

const NODE = {
  // TensorFlow takes its number of threads from here alone.
  env: ({ threads }) => ({ TF_NUM_INTRAOP_THREADS: String(threads), TF_CPP_MIN_LOG_LEVEL: "2" }),
  missing: () =>
    tfjsNodeEntry() === undefined
      ? "not installed: scripts/install-tfjs-node.sh builds it; BIGGAN_PORT_TFJS_NODE says where"
      : undefined,
};

const WEBGPU = {
  // The largest batch: software takes seconds for a picture of a mini size.
  most: ({ dawn }) => (dawn.adapter.software ? 1 : Number.POSITIVE_INFINITY),
  env: ({ dawn }) => dawn?.environment ?? {},
  missing({ dawn }, { size }) {
    if (dawn === undefined) return "only with --webgpu";
    if (dawn.adapter.software && !size.endsWith("-mini")) {
      return `${dawn.adapter.name} computes on the processor: mini sizes only`;
    }
    return undefined;
  },
};

const PYTORCH = {
  id: "pytorch",
  group: "rivals",
  title: "PyTorch: pytorch-pretrained-biggan",
  artifact: "pytorch",
  venv: "pytorch",
  // Threads that wait by spinning would take the time of whoever runs next.
  env: () => ({ OMP_WAIT_POLICY: "passive" }),
  command: (context, { folder, inputs, threads }) => [
    ...[venvProgram(context.venvs, "pytorch"), contenderFile(context, "pytorch.py")],
    ...["serve", folder, inputs, String(threads)],
  ],
};

const RIVALS = [
  PYTORCH,
  onnxruntime("torch-onnx", "rivals", "torch.onnx export", "torch-onnx", "model.onnx"),
  onnxruntime("torch-onnx-script", "rivals", "torch.onnx export, dynamo=False", "torch-onnx-script", "model.onnx"),
].map((rival) => ({ ...rival, reads: ({ size }) => PYTORCH_SIZES.test(size) }));

const ALL = [
  onnxruntime("onnx", "ours", "ours", "onnx"),
  onnxruntime("onnx-baked", "ours", "ours, truncation baked in", "onnx-baked"),
  onnxruntime("onnx-int8", "ours", "ours, int8", "onnx-int8"),
  onnxruntime("onnx-plain", "plain", "ours, not rewritten", "onnx-plain"),
  ...RIVALS,
  tfjs("wasm", "ours", "ours", "tfjs"),
  tfjs("wasm", "plain", "ours, not rewritten", "tfjs-plain"),
  tfjs("tensorflow", "ours", "ours", "tfjs", NODE),
  tfjs("tensorflow", "plain", "ours, not rewritten", "tfjs-plain", NODE),
  tfjs("webgpu", "ours", "ours", "tfjs", WEBGPU),
  tfjs("webgpu", "plain", "ours, not rewritten", "tfjs-plain", WEBGPU),
];

/** Those asked for by group or id, and one for each further list of passes. Throws an Error on a name that is neither. */
export function contendersOf({ only, variants }) {
  const names = new Set(ALL.flatMap(({ id, group }) => [id, group]));
  const unknown = (only ?? []).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`--only: ${unknown.join(", ")} is none of ${[...names].join(", ")}`);
  const chosen = ALL.filter(({ id, group }) => only === undefined || only.includes(id) || only.includes(group));
  const others = variants.map((passes) =>
    onnxruntime(`onnx-${passes}`, "ours", `ours, --passes ${passes}`, `onnx passes ${passes}`),
  );
  return [...chosen, ...others];
}
