// Speed is nothing if the pictures are wrong: what each conversion gives, against TensorFlow running the module itself.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lastWords } from "./measure.mjs";
import { moduleOf } from "./modules.mjs";
import { attempt } from "./rounds.mjs";
import { venvProgram } from "./venvs.mjs";

/** On the grids of both families (hundredths of 2), off them, and at the upper end. */
export const TRUNCATIONS = [0.1, 0.28, 0.375, 0.5, 0.9, 1];

/** How the output of a contender is run; the others give no graph that could be. */
const EVALUATORS = {
  "ours-folder": ({ node, scripts }, out) => [node, join(scripts, "rivals/answers-tfjs.mjs"), join(out, "tfjs")],
  tensorflowjs: ({ node, scripts }, out) => [node, join(scripts, "rivals/answers-tfjs.mjs"), out],
  "ours-onnx": (context, out) => python(context, "tf2onnx", "onnx", join(out, "onnx/model.onnx")),
  tf2onnx: (context, out) => python(context, "tf2onnx", "onnx", out),
  "pytorch-pretrained-biggan": (context, out) => python(context, "torch", "torch", out),
};

function python({ venvs, scripts }, venv, kind, source) {
  return [venvProgram(venvs, venv), join(scripts, "rivals/answers.py"), kind, source];
}

/**
 * Converts a module of the given size, once with statistics straight from their tables and once with a graph that assigns them, as released ones
 * do, and compares pictures: [{ module, structure, contender, exit, error?, differences?, remark? }], the largest absolute
 * difference at each truncation.
 */
export async function compareAnswers(contenders, size, context) {
  const answers = [];
  for (const structure of ["pure", "assign"]) {
    const module = await moduleOf(size, context, structure);
    const reference = truth(module, context);
    for (const contender of contenders.filter(({ id, reads = () => true }) => EVALUATORS[id] && reads(module))) {
      const answer = await answerOf(contender, module, reference, context);
      answers.push({ module: module.name, structure, contender: contender.id, ...answer });
      console.error(`${module.name} ${contender.id}: ${JSON.stringify(answer)}`);
    }
  }
  return answers;
}

async function answerOf(contender, module, reference, context) {
  const out = join(context.work, "answer");
  rmSync(out, { recursive: true, force: true });
  const { exit, error } = await attempt(contender, { ...context, module, out });
  if (exit !== 0) return { exit, error };
  const [program, ...args] = EVALUATORS[contender.id](context, out);
  const { status, stdout, stderr } = spawnSync(program, [...args, reference], { encoding: "utf8" });
  rmSync(out, { recursive: true, force: true });
  if (status !== 0) return { exit, error: context.scrub(`converted, but does not run: ${lastWords(stderr)}`) };
  return { exit, ...JSON.parse(stdout.trim().split("\n").at(-1)) };
}

function truth({ folder }, { venvs, scripts }) {
  const file = `${folder}.truth-${TRUNCATIONS.join("-")}.npz`;
  if (existsSync(file)) return file;
  const args = [join(scripts, "rivals/answers.py"), "truth", folder, file, TRUNCATIONS.join(",")];
  const { status, stderr } = spawnSync(venvProgram(venvs, "forge"), args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`TensorFlow did not run the module: ${lastWords(stderr)}`);
  return file;
}
