import type { z } from "zod";
import { PRECISIONS, precisionOf } from "../storage/plan.js";
import type { precisionSchema } from "./manifest.js";
import type { PreparedFormat } from "./prepare-formats.js";

/** What a manifest says of how one format's parameters are stored. */
export type PrecisionRecord = z.infer<typeof precisionSchema>;

/** The precision of every parameter by type, what was asked for, and what it cost in quality; undefined of plain float32. */
export function precisionRecord({ graph, precision: planned, compute }: PreparedFormat): PrecisionRecord | undefined {
  if (planned === undefined) return undefined;
  const { request, plan, bytes, float32Bytes, spared, quality, sensitivity, backend } = planned;
  const names = [...graph.parameters.keys()];
  const stored = PRECISIONS.map((precision): [string, string[]] => [
    precision,
    names.filter((name) => precisionOf(plan, name) === precision),
  ]);
  return {
    request: { ...request },
    bytes,
    float32Bytes,
    parameters: Object.fromEntries(stored.filter(([, some]) => some.length > 0)),
    spared: spared.map(({ parameter, precision, reason }) => ({ parameter, precision, reason })),
    ...(compute === undefined ? {} : { compute: { type: compute.type, inFloat32: [...compute.spared] } }),
    ...(quality === undefined ? {} : { quality, measuredOn: backend }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
  };
}
