import { basename } from "node:path";
import { BackendError, UsageError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import { readNpz } from "../formats/npy/read-npz.js";
import { type Graph, isOutput, outputOf } from "../graph/graph.js";
import { type BackendName, type NotRun, openRuntime } from "../runtime/backends.js";
import { evaluate, type RowInputs } from "../runtime/evaluate.js";
import { openReference } from "../runtime/reference/open-reference.js";
import { layerOf, type Runtime } from "../runtime/runtime.js";
import { type Arithmetic, arithmeticOf, FLOAT32_MODULE, FLOAT64 } from "./budget/arithmetic.js";
import { differenceBudgets } from "./budget/bound.js";
import { type BudgetedRun, budgetedRun } from "./budget/layer-budgets.js";
import { type Comparison, compareLayers, type Verdict } from "./compare.js";
import type { Diagnosis } from "./diagnosis/diagnosis.js";
import type { ParameterOrigins } from "./diagnosis/origins.js";
import { explain, type Unexplained } from "./explain.js";
import { readReference, type StandardInputs, standardInputs } from "./model-cases.js";
import { MODULE_REFERENCES } from "./module-references.js";
import { type ModuleGraph, openModuleRuntime, type StateDifference } from "./module-runtime.js";
import type { ComparedImages } from "./pictures.js";

/** What computed one side. */
export type RuntimeFacts = Pick<Runtime, "description" | "adapter">;

/** All comparisons of one parity run. */
export interface ParityResult {
  readonly comparisons: readonly Comparison[];
  /** What each back-end said of itself. */
  readonly runtimes: Readonly<Record<string, RuntimeFacts>>;
  /** Back-ends left out because they are not there. */
  readonly notRun: readonly NotRun[];
  readonly verdict: Verdict;
  /** Layers in which the module's own second call differs from its first; only when the module was asked. */
  readonly stateDifferences?: readonly StateDifference[];
  /** Of the first comparison that is not explained, where the layers allow one. */
  readonly diagnosis?: DiagnosedComparison;
}

export interface DiagnosedComparison {
  readonly reference: string;
  readonly candidate: string;
  readonly diagnosis: Diagnosis;
}

export interface ParityOptions {
  /** `module` (its own graph in float64), `module:float32` (the same on tfjs), `float64` (our graph on the reference runtime), or the paths of REF.npz files and of `models`. */
  readonly against: readonly string[];
  readonly backends: readonly BackendName[];
  /** Needed for both of `module`. */
  readonly module?: ModuleGraph | undefined;
  /** Those of `against` that are models. */
  readonly models?: ReadonlyMap<string, ComparedModel> | undefined;
  /** Lets a diagnosis try the checkpoint's other tensors. */
  readonly origins?: ParameterOrigins | undefined;
  /** Rows to compare on, where no file gives them. */
  readonly cases: number;
  /** Back-ends left out, for the result. */
  readonly notRun?: readonly NotRun[];
  /** A back-end that fails joins those left out, instead of ending the run. */
  readonly leaveOutFailing?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Steps done, of how many, of what is under way. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
  /** Given the pictures behind each comparison, for reports that show them. */
  readonly onImages?: (images: ComparedImages) => void;
}

/** Another model, which is computed in float64. */
export interface ComparedModel {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
}

interface Reference {
  readonly label: string;
  readonly inputs: RowInputs;
  /** The output, and the layers that are compared beside it. */
  readonly layers: ReadonlyMap<string, Tensor>;
  /** How it was computed. */
  readonly arithmetic: Arithmetic;
  /** What it is held against. */
  readonly candidates: readonly BackendName[];
  readonly seeds?: readonly number[];
  /** The float64 run on its inputs: our own layers, and the budgets. */
  readonly float64: BudgetedRun;
}

/** What a parity run keeps while it goes on. */
interface Run extends ParityOptions {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
  readonly runtimes: Record<string, RuntimeFacts>;
}

/** Evaluates every case on every back-end, with the layers that the reference has, and compares. */
export async function runParity(
  graph: Graph,
  parameters: ParameterSource,
  options: ParityOptions,
): Promise<ParityResult> {
  const run: Run = { ...options, graph, parameters, runtimes: {} };
  const { references, stateDifferences } = await openReferences(run);
  const notRun = [...(options.notRun ?? [])];
  const comparisons: Comparison[] = [];
  const unexplained: Unexplained[] = [];
  let off = 0;
  const backends = new Set<BackendName>(references.flatMap(({ candidates }) => candidates));
  for (const backend of backends) {
    const mine = references.filter(({ candidates }) => candidates.includes(backend));
    const results = await evaluateOn(run, backend, mine).catch((error: unknown) => {
      if (!options.leaveOutFailing || !(error instanceof BackendError)) throw error;
      notRun.push({ backend, reason: error.message });
      return undefined;
    });
    if (results === undefined) continue;
    for (const [index, reference] of mine.entries()) {
      const { label, layers, inputs, seeds, arithmetic, float64 } = reference;
      const found = results[index] ?? new Map<string, Tensor>();
      const comparison = compareLayers(layers, found, {
        reference: label,
        candidate: backend,
        budgets: differenceBudgets(float64.budgets(arithmetic), float64.budgets(arithmeticOf(backend))),
      });
      comparisons.push(comparison);
      if (comparison.verdict === "not explained") off++;
      // What follows is about pictures that come out; a discriminator's numbers speak for themselves.
      if ("x" in inputs) continue;
      options.onImages?.({
        comparison: comparisons.length - 1,
        reference: label,
        candidate: backend,
        verdict: comparison.verdict,
        inputs,
        seeds,
        wanted: layerOf(layers, "image"),
        found: layerOf(found, "image"),
      });
      if (comparison.verdict === "not explained") {
        const theirs = backend === "reference" ? layers : found;
        unexplained.push({ comparison, inputs, ours: float64.layers, theirs });
      }
    }
  }
  if (comparisons.length === 0) throw nothingCompared(notRun);
  const diagnosis = await diagnoseFirst(run, unexplained);
  return {
    comparisons,
    runtimes: run.runtimes,
    notRun,
    verdict: off === 0 ? "explained by rounding" : "not explained",
    ...(stateDifferences && { stateDifferences }),
    ...(diagnosis && { diagnosis }),
  };
}

/** Computes or reads what is compared with. Both of `module` and `float64` share their inputs, and so one float64 run. */
async function openReferences(run: Run) {
  const { against, graph, backends, signal, module, cases } = run;
  const references: Reference[] = [];
  let stateDifferences: readonly StateDifference[] | undefined;
  const standard = standardInputs(graph, cases);
  let shared: BudgetedRun | undefined;
  for (const item of against) {
    const evaluated = MODULE_REFERENCES.get(item);
    if (evaluated !== undefined) {
      if (module === undefined) throw noModuleGraph(item);
      const { label, kernels, arithmetic } = evaluated;
      const onNode = (done: number, total: number) => run.onProgress?.(done, total, "the module's graph");
      await using theirs = await openModuleRuntime(module, { kernels, signal, onNode });
      run.runtimes[item] = factsOf(theirs);
      const taps = tapsOf(graph.layers.keys()).filter((layer) => theirs.layers.includes(layer));
      const values = await evaluate(theirs, standard, { signal, taps });
      stateDifferences ??= theirs.stateDifferences();
      shared ??= await float64On(run, standard, graph.layers.keys(), FLOAT64);
      const candidates: BackendName[] = ["reference"];
      const layers = new Map([...taps, outputOf(graph)].map((layer) => [layer, layerOf(values, layer)]));
      references.push({ label, arithmetic, candidates, ...given(standard), layers, float64: shared });
    } else if (item === "float64") {
      shared ??= await float64On(run, standard, graph.layers.keys(), FLOAT64);
      const { layers: mine } = shared;
      const layers = new Map([...graph.layers.keys()].map((layer) => [layer, layerOf(mine, layer)]));
      const candidates = backends.filter((backend) => backend !== "reference");
      const label = "our graph in float64";
      references.push({ label, arithmetic: FLOAT64, candidates, ...given(standard), layers, float64: shared });
    } else if (run.models?.has(item)) {
      const layers = await layersOfModel(run, item, standard);
      shared ??= await float64On(run, standard, graph.layers.keys(), FLOAT64);
      const label = `${basename(item)} in float64`;
      // Its weights may be the same ones rounded once.
      references.push({
        label,
        arithmetic: FLOAT32_MODULE,
        candidates: backends,
        ...given(standard),
        layers,
        float64: shared,
      });
    } else {
      const read = readReference(graph, item, await readNpz(item, { signal }));
      const float64 = await float64On(run, read.inputs, read.layers.keys(), FLOAT32_MODULE);
      references.push({ label: basename(item), arithmetic: FLOAT32_MODULE, candidates: backends, ...read, float64 });
    }
  }
  return { references, stateDifferences };
}

/** The layers that both models have, of the other one. Throws a {@link UsageError} when the two cannot be given the same inputs. */
async function layersOfModel({ graph, models, signal, onProgress }: Run, item: string, standard: StandardInputs) {
  const other = models?.get(item);
  if (other === undefined) throw new Error(`parity: ${item} is no model`);
  const inputsOf = ({ role, zDim, classes, resolution }: Graph) =>
    `${role === "generator" ? `z ${zDim}` : "x"}, ${classes} classes, ${resolution} x ${resolution}`;
  if (inputsOf(other.graph) !== inputsOf(graph)) {
    throw new UsageError(`--against ${item}: expected a model with ${inputsOf(graph)}, found ${inputsOf(other.graph)}`);
  }
  const taps = tapsOf(graph.layers.keys()).filter((layer) => other.graph.layers.has(layer));
  await using runtime = await openReference(other.graph, other.parameters, { signal });
  const onRows = (done: number, total: number) => onProgress?.(done, total, basename(item));
  const values = await evaluate(runtime, standard, { signal, taps, onRows });
  return new Map([...taps, outputOf(graph)].map((layer) => [layer, layerOf(values, layer)]));
}

function given(standard: StandardInputs): Pick<Reference, "inputs" | "seeds"> {
  return { inputs: standard, seeds: standard.seeds };
}

async function evaluateOn(
  { graph, parameters, runtimes, signal, onProgress }: Run,
  backend: BackendName,
  references: readonly Reference[],
) {
  if (backend === "reference") return references.map(({ float64 }) => float64.layers);
  await using runtime = await openRuntime(backend, graph, parameters, { signal });
  runtimes[backend] = factsOf(runtime);
  const results: ReadonlyMap<string, Tensor>[] = [];
  for (const { inputs, layers } of references) {
    const onRows = (done: number, total: number) => onProgress?.(done, total, backend);
    results.push(await evaluate(runtime, inputs, { signal, taps: tapsOf(layers.keys()), onRows }));
  }
  return results;
}

/** Each reference costs one float64 run, which gives the budgets, and the candidate's values where float64 is compared. */
async function float64On(run: Run, inputs: RowInputs, layers: Iterable<string>, arithmetic: Arithmetic) {
  const { graph, parameters, against, backends, signal, onProgress } = run;
  const modules = against.flatMap((item) =>
    run.models?.has(item) ? FLOAT32_MODULE : (MODULE_REFERENCES.get(item)?.arithmetic ?? []),
  );
  const arithmetics = [...new Set([arithmetic, FLOAT64, ...modules, ...backends.map(arithmeticOf)])];
  const computed = await budgetedRun(graph, parameters, inputs, arithmetics, {
    signal,
    taps: tapsOf(layers),
    onRows: (done, total) => onProgress?.(done, total, "float64"),
  });
  run.runtimes["reference"] = factsOf(computed.runtime);
  return computed;
}

async function diagnoseFirst(run: Run, [first]: readonly Unexplained[]): Promise<DiagnosedComparison | undefined> {
  if (first === undefined) return undefined;
  const { graph, parameters, origins, signal, onProgress } = run;
  const { reference, candidate } = first.comparison;
  const diagnosis = await explain(first, {
    graph,
    parameters,
    origins,
    signal,
    onProgress: (done, total) => onProgress?.(done, total, "diagnosis"),
  });
  return diagnosis && { reference, candidate, diagnosis };
}

/** A verdict over nothing would be a lie. */
function nothingCompared(notRun: readonly NotRun[]): UsageError {
  const left = notRun.length === 0 ? "" : ` (${notRun.length} back-ends did not run)`;
  return new UsageError(`nothing was compared${left}`, {
    hint: "Our graph in float64 is not compared with itself: name a back-end that rounds, or --against module or REF.npz.",
  });
}

function noModuleGraph(asked: string): UsageError {
  return new UsageError(`--against ${asked}: this model has no saved_model.pb to compare with`, {
    hint: "Compare with --against float64, or with another's pictures: --against REF.npz.",
  });
}

function factsOf({ description, adapter }: RuntimeFacts): RuntimeFacts {
  return { description, ...(adapter === undefined ? {} : { adapter }) };
}

function tapsOf(layers: Iterable<string>): readonly string[] {
  return [...layers].filter((layer) => !isOutput(layer));
}
