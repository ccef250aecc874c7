import type { PortedModel } from "../../../src/web/port/ported-model.js";

export interface PortProgress {
  readonly step: string;
  readonly bytes: number;
  readonly total: number;
}

export interface Ported extends Pick<PortedModel, "facts" | "goldens" | "mapped" | "sourceTensors"> {
  readonly weights: { readonly sha256: string; readonly lengths: readonly number[] };
  /** Topology, signature and specs as JSON. */
  readonly model: string;
  readonly progress: readonly PortProgress[];
  readonly milliseconds: number;
}

export interface Refused {
  readonly refused: { readonly code: string; readonly message: string; readonly hint: string | undefined };
}

/** `failed` is a fault of ours. */
export type PortAnswer = Ported | Refused | { readonly failed: string };
