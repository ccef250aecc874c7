import { elementCount } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import type { Pass, PassOptions, Rewritten } from "./pass.js";

/** What a pass did to a graph, all its rounds together. Less than 0 where it costs. */
export interface PassReport {
  readonly name: string;
  /** Of one picture. */
  readonly multiplyAddsSaved: number;
  /** Of the parameters, in float32. */
  readonly bytesSaved: number;
  /** Nodes gone, parameters included. */
  readonly nodesSaved: number;
}

export interface PassRun extends Rewritten {
  /** Passes that changed something, in the order of the list. */
  readonly reports: readonly PassReport[];
}

/** A pass makes work for earlier ones: so many rounds are far more than any graph of ours takes (3). */
const MOST_ROUNDS = 20;

/**
 * Applies the passes in order, again and again until none changes anything. The graph's own parameters stay what they are; parameters
 * that only the result has are in `derived`.
 * @throws UsageError for a truncation that the model has no statistics for.
 *
 * @example
 * const { graph, derived, reports } = runPasses(model.graph, defaultPasses("tfjs"), { truncation: 0.5 });
 */
export function runPasses(graph: Graph, passes: readonly Pass[], options: PassOptions = {}): PassRun {
  let rewritten: Rewritten = { graph, derived: new Map() };
  let size = sizeOf(graph);
  const reports = new Map<string, PassReport>();
  for (let round = 0; ; round++) {
    if (round === MOST_ROUNDS) throw new Error(`passes: no end after ${MOST_ROUNDS} rounds`);
    const before = rewritten;
    for (const pass of passes) {
      const after = pass.apply(rewritten, options);
      if (after === rewritten) continue;
      const smaller = sizeOf(after.graph);
      reports.set(pass.name, addedTo(reports.get(pass.name), pass.name, size, smaller));
      [rewritten, size] = [after, smaller];
    }
    if (rewritten === before) break;
  }
  return { ...rewritten, reports: passes.flatMap(({ name }) => reports.get(name) ?? []) };
}

interface Size {
  readonly multiplyAdds: number;
  readonly bytes: number;
  readonly nodes: number;
}

function sizeOf(graph: Graph): Size {
  return { multiplyAdds: multiplyAdds(graph), bytes: parameterBytes(graph), nodes: graph.nodes.length };
}

function addedTo(report: PassReport | undefined, name: string, before: Size, after: Size): PassReport {
  return {
    name,
    multiplyAddsSaved: (report?.multiplyAddsSaved ?? 0) + before.multiplyAdds - after.multiplyAdds,
    bytesSaved: (report?.bytesSaved ?? 0) + before.bytes - after.bytes,
    nodesSaved: (report?.nodesSaved ?? 0) + before.nodes - after.nodes,
  };
}

/** Of all parameters in float32, statistics included. */
export function parameterBytes(graph: Graph): number {
  let bytes = 0;
  for (const { shape } of graph.parameters.values()) bytes += elementCount(shape) * 4;
  return bytes;
}
