import type { GraphEdit } from "./graph-edit.js";
import type { ModuleNames } from "./plant-fault.js";

/** A mistake planted in a module's own graph, and what the diagnosis should say of it. */
export interface PlantedFault {
  readonly name: string;
  /** The first layer that is off. */
  readonly layer: string;
  /** The cause that should be named, and all the places of the first layer where it should be. */
  readonly kind: string;
  readonly places: readonly string[];
  /** Where it shows at this truncation only; 0.5 otherwise. */
  readonly truncation?: number;
  readonly plant: (edit: GraphEdit) => void;
}

/** Where faults are planted in one fixture. */
export interface FaultSites {
  readonly names: ModuleNames;
  readonly block: number;
  /** The block's convolution behind the upsampling, and the one behind that. */
  readonly grown: string;
  readonly square: string;
  /** Scopes of the block's upsamplings: main path, skip path. */
  readonly upsamplings: readonly [main: string, skip: string];
  /** Extent and channels of what the main path upsamples. */
  readonly side: number;
  readonly channels: number;
  /** The block's sum, attention's sum, the block's first relu. */
  readonly sum: string;
  readonly attentionSum: string;
  readonly relu: string;
  /** The reshapes of the pooled sequences, and their channels. */
  readonly sequences: readonly (readonly [node: string, channels: number])[];
  readonly attentionPixels: number;
  /** Block and position of every conditional batch norm. */
  readonly batchNorms: readonly (readonly [block: number, index: number])[];
  readonly stemChannels: number;
  /** Our parameters of the first layer, separated by commas. */
  readonly stemParameters: string;
}
