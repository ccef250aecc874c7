import { FormatError, throwIfAborted } from "../../core/errors.js";
import { formatShape, sameShape, type Tensor } from "../../core/tensor.js";
import { feedsOf } from "../../runtime/feeds.js";
import { type Difference, difference } from "../measures.js";
import type { Diagnosis, Finding, LayerTensor, TensorRole } from "./diagnosis.js";
import { hypothesesFor } from "./hypotheses/all.js";
import { type LayerPart, layerPart, nodesOf, type Suspect } from "./layer-part.js";
import { tensorNumbers } from "./numbers.js";
import type { ParameterOrigins } from "./origins.js";
import { type Rehearsal, recomputeLayer, rehearse, type SideValues } from "./recompute.js";

export interface DiagnosisRequest extends SideValues {
  /** The other side, for messages. */
  readonly label: string;
  /** The other side's values, `image` and any other layers, of a few rows with one truncation. */
  readonly layers: ReadonlyMap<string, Tensor>;
  /** Largest absolute difference that rounding explains in this layer, given our value of it. */
  readonly bound: (layer: string, ours: Tensor) => number;
  /** Without it nothing is tried that needs the checkpoint's own tensors (moving averages, spectral norms). */
  readonly origins?: ParameterOrigins | undefined;
  /** Layers compared or hypotheses tried, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A hypothesis has to take away this part of the error at least: what is allowed may be nearly as large as a small error. */
const VANISHED = 1 / 10;

/** Residuals this close are one and the same: rounding decides which is smaller. */
const TOLD_APART = 10;

/** Residuals below this part of the layer's largest number are rounding of float64, whichever is smaller. */
const FLOAT64_ROUNDING = 1e-12;

/**
 * Finds the first layer that the other side computes differently from the same numbers: each layer is recomputed from the other
 * side's own values of the layers before it, so that what went wrong earlier does not matter. In that layer, hypotheses are
 * planted one by one; the one that makes the difference vanish is the cause. Undefined when every layer agrees.
 *
 * @example
 * const diagnosis = await diagnose({ label, graph, parameters, origins, inputs, layers, bound: () => 1e-9 });
 */
export async function diagnose(request: DiagnosisRequest): Promise<Diagnosis | undefined> {
  const off = await layersOff(request);
  const [first, ...alsoOff] = off;
  if (first === undefined) return undefined;
  const { part, theirs, bound } = first;

  const rehearsal = await rehearse(request, part);
  const ours = keptValue(rehearsal, part.target);
  const findings: Finding[] = [];
  const hypotheses = hypothesesFor(suspectOf(request, part, rehearsal));
  for (const hypothesis of hypotheses) {
    throwIfAborted(request.signal);
    const { kind, change, places } = hypothesis;
    const residual = residualOf(await rehearsal.withChange(hypothesis), theirs);
    const explains = residual <= bound && residual <= first.difference.maxAbs * VANISHED;
    findings.push({ kind, change, places, residual, explains });
    request.onProgress?.(findings.length, hypotheses.length);
  }
  findings.sort((a, b) => a.residual - b.residual);
  return {
    layer: part.layer,
    alsoOff: alsoOff.map((other) => other.part.layer),
    inputs: request.inputs,
    difference: first.difference,
    bound,
    tensors: tensorsOf(request, part, rehearsal, { ours, theirs }),
    findings,
    causes: causesAmong(findings, first.difference.referenceMax),
  };
}

interface LayerOff {
  readonly part: LayerPart;
  readonly theirs: Tensor;
  readonly difference: Difference;
  readonly bound: number;
}

/** Every layer that disagrees when it starts from the other side's numbers, in network order. */
async function layersOff(request: DiagnosisRequest): Promise<LayerOff[]> {
  const { graph, layers, label, bound, signal, onProgress } = request;
  const off: LayerOff[] = [];
  const names = [...graph.layers.keys()];
  for (const [index, name] of names.entries()) {
    throwIfAborted(signal);
    const theirs = layers.get(name);
    if (theirs === undefined) continue;
    const part = layerPart(graph, name, layers);
    // From NaN nothing can be recomputed: the fault lies in an earlier layer.
    if (part.previous.some((previous) => !allFinite(layers.get(previous)))) continue;
    const ours = await recomputeLayer(request, part);
    if (!sameShape(ours.shape, theirs.shape)) {
      throw new FormatError(
        { file: label, field: name },
        `shape ${formatShape(ours.shape)}`,
        formatShape(theirs.shape),
      );
    }
    const measured = difference(ours, theirs);
    const allowed = bound(name, ours);
    if (!(measured.maxAbs <= allowed)) off.push({ part, theirs, difference: measured, bound: allowed });
    onProgress?.(index + 1, names.length);
  }
  return off;
}

function allFinite(tensor: Tensor | undefined): boolean {
  return tensor?.data.every((value) => Number.isFinite(value)) ?? true;
}

function keptValue({ values }: Rehearsal, id: number) {
  const value = values.get(id);
  if (value === undefined) throw new Error(`diagnosis: node ${id} was not kept`);
  return value;
}

function suspectOf({ inputs, origins, signal }: DiagnosisRequest, part: LayerPart, rehearsal: Rehearsal): Suspect {
  const ids = new Map(nodesOf(part, "parameter").map(({ id, operation }) => [operation.parameter, id]));
  return {
    ...part,
    truncation: inputs.truncation,
    origins,
    signal,
    parameter: (name) => keptValue(rehearsal, ids.get(name) ?? -1),
  };
}

/**
 * The largest absolute difference. Where the other side is not a number, ours has to be so too: a hypothesis may explain where
 * NaN come from. Infinity otherwise, and for a shape that does not fit.
 */
function residualOf(ours: Tensor, theirs: Tensor): number {
  if (!sameShape(ours.shape, theirs.shape)) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [index, value] of theirs.data.entries()) {
    const other = ours.data[index] ?? Number.NaN;
    if (Object.is(value, other)) continue;
    const error = Math.abs(value - other);
    most = Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return most;
}

/** The hypotheses that explain the difference as well as the best one does, the simplest first. `findings` are sorted. */
function causesAmong(findings: readonly Finding[], largest: number): readonly Finding[] {
  const fitting = findings.filter(({ explains }) => explains);
  const [best] = fitting;
  if (best === undefined) return [];
  const limit = Math.max(best.residual * TOLD_APART, largest * FLOAT64_ROUNDING);
  return fitting.filter(({ residual }) => residual <= limit).sort((a, b) => a.places.length - b.places.length);
}

function tensorsOf(
  { inputs, layers, graph }: DiagnosisRequest,
  part: LayerPart,
  rehearsal: Rehearsal,
  { ours, theirs }: { readonly ours: Tensor; readonly theirs: Tensor },
): readonly LayerTensor[] {
  const entry = (role: TensorRole, name: string, tensor: Tensor): LayerTensor => {
    return { role, name, tensor, numbers: tensorNumbers(tensor) };
  };
  const names = new Set(part.nodes.flatMap(({ operation }) => (operation.op === "input" ? [operation.input] : [])));
  const given = feedsOf(inputs);
  return [
    ...[...names].flatMap((name) => {
      const tensor = given.get(name);
      return tensor === undefined ? [] : [entry("input", name, tensor)];
    }),
    ...part.previous.flatMap((name) => {
      const tensor = layers.get(name);
      return tensor === undefined ? [] : [entry("input", name, tensor)];
    }),
    ...nodesOf(part, "parameter")
      .filter(({ operation }) => graph.parameters.has(operation.parameter))
      .map(({ id, operation }) => entry("parameter", operation.parameter, keptValue(rehearsal, id))),
    entry("ours", part.layer, ours),
    entry("theirs", part.layer, theirs),
  ];
}
