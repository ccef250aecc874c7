import { goldenCases, goldensAreCheap } from "../export/golden-cases.js";
import { type PreparedFormat, storesFewerBits } from "../export/prepare-formats.js";
import type { Graph } from "../graph/graph.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import type { Session } from "./session.js";

/** What the float64 reference does in a second, its error budget included. */
const MULTIPLY_ADDS_A_SECOND = 5e8;

/** `3 pictures of 11.3 billion multiply-adds in float64 take about 1.6 min`; formats stored in fewer bits have pictures of their own. */
export function goldenCost(graph: Graph, formats: readonly PreparedFormat[]): string {
  const own = formats.filter((prepared) => prepared.format !== "safetensors" && storesFewerBits(prepared));
  const pictures = goldenCases(graph.classes).length * (1 + own.length);
  const cost = multiplyAdds(graph);
  const minutes = (pictures * cost) / MULTIPLY_ADDS_A_SECOND / 60;
  return `${pictures} pictures of ${(cost / 1e9).toFixed(1)} billion multiply-adds in float64 take about ${minutes.toFixed(1)} min`;
}

/** Says beforehand what will take minutes. */
export function noteGoldens(graph: Graph, formats: readonly PreparedFormat[], session: Session): void {
  if (!goldensAreCheap(graph)) {
    session.note(`golden pictures: ${goldenCost(graph, formats)}; --no-goldens leaves them out`);
  }
}
