// Which part of its error budget each layer uses, as a table: node scripts/measure-budgets.mjs MODEL REF.npz [BACKEND,… [CASES]]
// REF.npz is TensorFlow's (scripts/fixtures/random_reference.py makes 100 cases of a small fixture). Each case is held against its own
// budget. Needs `npm run build`. docs/error-budgets.md holds the results.
import { readNpz } from "../dist/src/formats/npy/read-npz.js";
import { openModel } from "../dist/src/mapping/open-model.js";
import { arithmeticOf, FLOAT32_MODULE } from "../dist/src/parity/budget/arithmetic.js";
import { budgetedRun } from "../dist/src/parity/budget/layer-budgets.js";
import { referenceCases } from "../dist/src/parity/cases.js";
import { difference } from "../dist/src/parity/measures.js";
import { openRuntime } from "../dist/src/runtime/backends.js";
import { evaluate } from "../dist/src/runtime/evaluate.js";

const [file, reference, names = "tfjs-wasm,tfjs-cpu", most = "1000"] = process.argv.slice(2);

/** Reads each parameter once. */
function cached(parameters) {
  const known = new Map();
  return {
    async read(name, options) {
      if (!known.has(name)) known.set(name, await parameters.read(name, options));
      return known.get(name);
    },
  };
}

function row({ shape: [rows, ...rest], data }, index) {
  const width = data.length / rows;
  return { shape: [1, ...rest], data: data.slice(index * width, (index + 1) * width) };
}

const model = await openModel(file);
const { graph } = model;
const parameters = cached(model.parameters());
const { inputs, layers } = referenceCases(reference, await readNpz(reference));
const taps = [...graph.layers.keys()].filter((layer) => layer !== "image");
const backends = names.split(",");
const arithmetics = [...new Set([FLOAT32_MODULE, ...backends.map(arithmeticOf)])];
const runtimes = await Promise.all(backends.map((backend) => openRuntime(backend, graph, parameters)));
const used = new Map();
const keep = (who, layer, factor) => used.set(`${who} ${layer}`, [...(used.get(`${who} ${layer}`) ?? []), factor]);

const cases = Math.min(Number(most), inputs.z.shape[0]);
for (let index = 0; index < cases; index++) {
  const truncation = [inputs.truncation].flat()[index] ?? inputs.truncation;
  const one = { z: row(inputs.z, index), y: row(inputs.y, index), truncation };
  const run = await budgetedRun(graph, parameters, one, arithmetics, { taps });
  const hold = (who, found, arithmetic) => {
    for (const [layer, tensor] of found) {
      const { bound } = run.budgets(arithmetic).get(layer);
      keep(who, layer, difference(run.layers.get(layer), tensor).maxAbs / bound);
    }
  };
  hold("TensorFlow", new Map([...layers].map(([layer, tensor]) => [layer, row(tensor, index)])), FLOAT32_MODULE);
  for (const runtime of runtimes) {
    hold(runtime.backend, await evaluate(runtime, one, { taps }), arithmeticOf(runtime.backend));
  }
}

const columns = ["TensorFlow", ...backends];
const cell = (factors) => {
  if (factors === undefined) return "";
  const [least, middle, largest] = [0, Math.floor(factors.length / 2), factors.length - 1].map(
    (at) => factors.toSorted((a, b) => a - b)[at],
  );
  return factors.length === 1 ? largest.toFixed(3) : `${least.toFixed(3)} ${middle.toFixed(3)} ${largest.toFixed(3)}`;
};
console.log(`${cases} case${cases === 1 ? "" : "s"}; least, median and largest part of the budget used\n`);
console.log(`| layer | ${columns.join(" | ")} |\n|---|${columns.map(() => "---").join("|")}|`);
for (const layer of graph.layers.keys()) {
  console.log(`| ${layer} | ${columns.map((who) => cell(used.get(`${who} ${layer}`))).join(" | ")} |`);
}
for (const runtime of runtimes) await runtime[Symbol.asyncDispose]();
await model[Symbol.asyncDispose]();
