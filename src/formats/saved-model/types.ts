import type { Shape } from "../../core/tensor.js";
import type { ContentAside } from "./contents-aside.js";
import type { DataType } from "./data-type.js";
import type { NodeTable } from "./node-table.js";

/** One operation of a graph. Its attributes stay encoded: read them with attributes.ts and constant.ts. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  /** As stored: `node`, `node:1`, `^control`, and in functions `node:output:0`. See {@link parseInput}. */
  readonly inputs: readonly string[];
  /** The NodeDef message, a view of the file. */
  readonly encoded: Uint8Array;
  /** The content of its constant, where that stayed in the file; it is missing in `encoded` then. */
  readonly contentAside?: ContentAside | undefined;
}

/** A function of the graph's library: the branches of `If`, the bodies of calls. */
export interface FunctionDef {
  readonly name: string;
  /** Names of the arguments: they are referred to like nodes in the body. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Output name -> reference into the body, `node:output:0`. */
  readonly results: Readonly<Record<string, string>>;
  readonly nodes: NodeTable;
}

export interface GraphDef {
  readonly nodes: NodeTable;
  readonly functions: ReadonlyMap<string, FunctionDef>;
}

/** One input or output of a signature. A dimension is -1 when it is dynamic; no shape when the rank is unknown. */
export interface SignatureTensor {
  /** `node:output`. */
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: Shape | undefined;
}

export interface Signature {
  readonly inputs: Readonly<Record<string, SignatureTensor>>;
  readonly outputs: Readonly<Record<string, SignatureTensor>>;
}

export interface MetaGraph {
  /** Empty in TF1 Hub modules: there is no `serve`. */
  readonly tags: readonly string[];
  readonly tensorflowVersion: string;
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly graph: GraphDef;
}

export interface SavedModel {
  /** For messages. */
  readonly file: string;
  readonly metaGraphs: readonly MetaGraph[];
}
