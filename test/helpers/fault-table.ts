import { diagnose } from "../../src/parity/diagnosis/diagnose.js";
import { type Diagnosis, describeFinding } from "../../src/parity/diagnosis/diagnosis.js";
import { difference } from "../../src/parity/measures.js";
import { editGraph } from "./graph-edit.js";
import { type ModuleBench, type OurSide, oneRow } from "./module-bench.js";
import type { PlantedFault } from "./planted-fault.js";

/** One planted fault: what was said of it. */
export interface FaultRow {
  readonly fault: string;
  /** Some layer differs by more than the budget of two float64 computations. */
  readonly found: boolean;
  /** The first layer named, and whether it is the right one. */
  readonly layer: string;
  readonly layerRight: boolean;
  /** The cause named, and whether it is the right one: the kind, at the right places, and no other kind beside it. */
  readonly cause: string;
  readonly causeRight: boolean;
}

/** Faults of one truncation share what our side makes of it. */
export function faultTable(bench: ModuleBench): (fault: PlantedFault) => Promise<FaultRow> {
  const known = new Map<number, Promise<OurSide>>();
  return async (fault) => {
    const truncation = fault.truncation ?? 0.5;
    const inputs = oneRow(bench.model.graph, truncation);
    const ours = known.get(truncation) ?? bench.ours(inputs);
    known.set(truncation, ours);
    const { layers, bounds } = await ours;
    const theirs = await bench.run(editGraph(bench.metaGraph, fault.plant), inputs);
    const found = [...layers].some(([layer, tensor]) => {
      const other = theirs.get(layer);
      return other === undefined || !(difference(tensor, other).maxAbs <= (bounds.get(layer) ?? 0));
    });
    const diagnosis = await diagnose(bench.request(inputs, theirs, bounds));
    return { fault: fault.name, found, ...answer(fault, diagnosis) };
  };
}

function answer(
  { layer, kind, places }: PlantedFault,
  diagnosis: Diagnosis | undefined,
): Pick<FaultRow, "layer" | "layerRight" | "cause" | "causeRight"> {
  const causes = diagnosis?.causes ?? [];
  const named = diagnosis?.layer ?? "none";
  return {
    layer: named,
    layerRight: named === layer,
    cause: causes[0] === undefined ? "no hypothesis fits" : describeFinding(causes[0]),
    causeRight:
      causes.length > 0 &&
      causes.every((cause) => cause.kind === kind) &&
      [...(causes[0]?.places ?? [])].sort().join() === [...places].sort().join(),
  };
}

const tick = (right: boolean) => (right ? "yes" : "**no**");

/** A table in docs/parity.md. */
export function renderFaultTable(rows: readonly FaultRow[]): string {
  const count = (key: "found" | "layerRight" | "causeRight") => rows.filter((row) => row[key]).length;
  const totals = `Of ${rows.length} planted faults ${count("found")} are found; the first layer is named rightly for ${count("layerRight")}, the cause for ${count("causeRight")}.`;
  return [
    totals,
    "",
    "| planted fault | found | first layer | cause named |",
    "|---|---|---|---|",
    ...rows.map(
      ({ fault, found, layer, layerRight, cause, causeRight }) =>
        `| ${fault} | ${tick(found)} | ${tick(layerRight)}: ${layer} | ${tick(causeRight)}: ${cause} |`,
    ),
  ].join("\n");
}
