import type { Graph } from "../graph/graph.js";
import {
  changedPlan,
  type Precision,
  type PrecisionPlan,
  planBytes,
  precisionOf,
  uniformPlan,
} from "../storage/plan.js";
import type { Sensitivity, SensitivityChoice } from "./sensitivity.js";

/** Where to stop: a squared error that may not be passed, or bytes that must be reached. */
export type Limit =
  | { readonly kind: "error"; readonly most: number }
  | { readonly kind: "bytes"; readonly most: number };

/** Going from one precision of a part to the next narrower one. */
interface Step {
  readonly part: Sensitivity;
  readonly precision: Precision;
  readonly error: number;
  readonly bytes: number;
}

/**
 * Narrows a float32 graph part by part, the least squared error for each byte saved first. Errors of parts add up, for they
 * are small and independent. `narrowest` is what single parameters may not go below.
 */
export function choosePlan(
  graph: Graph,
  table: readonly Sensitivity[],
  narrowest: PrecisionPlan,
  limit: Limit,
): PrecisionPlan {
  const taken = new Map<Sensitivity, Precision>();
  const stopped = new Set<Sensitivity>();
  let error = 0;
  let bytes = planBytes(graph, uniformPlan(graph, "float32"));
  for (const step of table.flatMap(stepsOf).sort(byErrorForEachByte)) {
    if (limit.kind === "bytes" && bytes <= limit.most) break;
    if (stopped.has(step.part)) continue;
    if (limit.kind === "error" && error + step.error > limit.most) {
      // What comes after a step of a part builds on it.
      stopped.add(step.part);
      continue;
    }
    taken.set(step.part, step.precision);
    error += step.error;
    bytes -= step.bytes;
  }
  const changes = [...taken].flatMap(([{ parameters }, precision]) =>
    parameters.map((name): [string, Precision] => [name, narrower(precision, precisionOf(narrowest, name))]),
  );
  return changedPlan(uniformPlan(graph, "float32"), changes);
}

/** No narrower than a parameter may be: a layer in int8 keeps a table of float16. */
function narrower(wanted: Precision, narrowest: Precision): Precision {
  return wanted === "int8" ? narrowest : narrowest === "float32" ? "float32" : wanted;
}

/** Only steps whose price for a byte rises: float16 is passed over where int8 is cheaper for each byte. */
function stepsOf(part: Sensitivity): readonly Step[] {
  const choices = [...part.choices].sort((a, b) => a.bytesSaved - b.bytesSaved);
  const steps: Step[] = [];
  let from: Pick<SensitivityChoice, "error" | "bytesSaved"> = { error: 0, bytesSaved: 0 };
  for (const [index, choice] of choices.entries()) {
    const next = choices[index + 1];
    const price = (to: SensitivityChoice) => (to.error - from.error) / (to.bytesSaved - from.bytesSaved);
    if (next !== undefined && price(next) <= price(choice)) continue;
    steps.push({
      part,
      precision: choice.precision,
      error: Math.max(0, choice.error - from.error),
      bytes: choice.bytesSaved - from.bytesSaved,
    });
    from = choice;
  }
  return steps;
}

function byErrorForEachByte(a: Step, b: Step): number {
  return a.error / a.bytes - b.error / b.bytes;
}
