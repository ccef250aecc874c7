import type { ReadOptions } from "../../core/tensor-source.js";

/** A graph in the form that some library loads, for a place that runs it. */
export interface HostedModel {
  /** Writes it into a private folder, from which the place loads it. */
  write(folder: string, options: ReadOptions): Promise<unknown>;
  /** What the place calls a layer. */
  nodeOf(layer: string): string;
  /** The place may come back to the folder after it has loaded the model. */
  readonly keptOpen: boolean;
}
