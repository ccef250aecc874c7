import type { Graph } from "../graph/graph.js";
import type { DerivedParameters } from "./derived-parameters.js";

/** A graph, and how those of its parameters that the model lacks come from the model's. */
export interface Rewritten {
  readonly graph: Graph;
  readonly derived: DerivedParameters;
}

/** What passes need to know beside the graph. */
export interface PassOptions {
  /** For `bake-truncation`: the one truncation that the graph will have. Absent: it stays an input. */
  readonly truncation?: number | undefined;
}

/**
 * A rewrite that keeps the meaning: each layer that is still there has the same values in exact arithmetic, for all inputs (once the
 * truncation is baked in: at that truncation), and all layers are still there.
 */
export interface Pass {
  /** On the command line. */
  readonly name: string;
  /** One sentence for the help text and reports. */
  readonly description: string;
  /** Others that rewrite the same nodes, so that only one of them makes sense. */
  readonly excludes?: readonly string[];
  apply(rewritten: Rewritten, options: PassOptions): Rewritten;
}
