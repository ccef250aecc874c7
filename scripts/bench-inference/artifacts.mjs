// What the contenders run, made from the module: our exports anew in each run, the rivals' once.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastWords } from "../bench/measure.mjs";
import { venvProgram } from "../bench/venvs.mjs";

/** Built into what cannot take another: exports of PyTorch, and ours with `--truncation`. A row of the statistics. */
export const TRUNCATION = 0.5;

const ours =
  (...words) =>
  ({ node, program, module }, out) => [
    [node, program, "convert", module.folder, "-o", out, "--no-goldens", "--quiet", ...words],
  ];

/** All convolutions in int8: what the quality of random weights is says nothing, so none of it is asked for. */
const INT8 = ["--to", "onnx", "--compute", "int8", "--quality", "1dB"];

const MAKERS = {
  onnx: ours("--to", "onnx"),
  "onnx-baked": ours("--to", "onnx", "--truncation", String(TRUNCATION)),
  "onnx-int8": ours(...INT8),
  "onnx-plain": ours("--to", "onnx", "--passes", "none"),
  tfjs: ours("--to", "tfjs"),
  "tfjs-plain": ours("--to", "tfjs", "--passes", "none"),
  pytorch: ({ venvs, scripts, module }, out) => [
    [
      ...[venvProgram(venvs, "torch"), join(scripts, "bench/rivals/convert_to_pytorch.py")],
      ...["--model_type", module.size.split("-").at(-1), "--tf_model_path", module.folder, "--pt_save_path", out],
    ],
  ],
  "torch-onnx": torchExport("dynamo"),
  "torch-onnx-script": torchExport("script"),
};

function torchExport(exporter) {
  return (context, out) => {
    const weights = artifactOf("pytorch", context);
    const python = venvProgram(context.venvs, "pytorch");
    const script = join(context.scripts, "bench-inference/contenders/pytorch.py");
    return [
      ["mkdir", "-p", out],
      [python, script, "export", weights, join(out, "model.onnx"), String(TRUNCATION), exporter],
    ];
  };
}

/** The folder of what a contender runs, made if need be. Throws an Error with the maker's last words where that fails. */
export function artifactOf(name, context) {
  const out = join(context.work, "inference", context.module.name, name.replaceAll(/[^\w-]+/g, "_"));
  const maker = name.startsWith("onnx passes ")
    ? ours("--to", "onnx", `--passes=${name.slice("onnx passes ".length)}`)
    : MAKERS[name];
  const own = !["pytorch", "torch-onnx", "torch-onnx-script"].includes(name);
  if (own && !context.made.has(out)) rmSync(out, { recursive: true, force: true });
  if (existsSync(out)) return out;
  mkdirSync(join(out, ".."), { recursive: true });
  console.error(`${context.module.name}: making ${name}`);
  for (const [program, ...args] of maker(context, out)) {
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
    if (status === 0) continue;
    rmSync(out, { recursive: true, force: true });
    throw new Error(context.scrub(`not made: ${error?.message ?? lastWords(stdout + stderr)}`));
  }
  context.made.add(out);
  return out;
}
