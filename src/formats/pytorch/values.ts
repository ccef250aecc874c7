import type { Shape } from "../../core/tensor.js";
import type { ElementType } from "./element-type.js";

/** What a pickle may build: plain values, plain containers, tensors, and the few names that stand for them. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList
  | PickleSet
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleStorage
  | PickleTensor
  | PickleNamed;

export interface PickleList {
  readonly kind: "list";
  readonly items: PickleValue[];
}

export interface PickleSet {
  readonly kind: "set";
  readonly items: PickleValue[];
}

export interface PickleTuple {
  readonly kind: "tuple";
  readonly items: readonly PickleValue[];
}

/** A dict, an OrderedDict, a Namespace: keys with values, in order. Attributes set on a dict (`_metadata`) are dropped. */
export interface PickleDict {
  readonly kind: "dict";
  entries: [PickleValue, PickleValue][];
  /** Its entries come as its state. */
  readonly isNamespace?: boolean;
}

/** A name of the allow-list: `torch._utils._rebuild_tensor_v2`. */
export interface PickleGlobal {
  readonly kind: "global";
  readonly name: string;
}

/** What is not looked into: a device, a numpy type. State set on it is dropped. `text` is for messages and for `inspect`. */
export interface PickleNamed {
  readonly kind: "named";
  readonly text: string;
}

/** A run of elements in the file that tensors are views of. */
export interface PickleStorage {
  readonly kind: "storage";
  readonly key: string;
  readonly type: ElementType;
  /** In elements. */
  readonly count: number;
  /** Where it begins in the storage that `key` names, in elements; 0 but for views in old files. */
  readonly offset: number;
}

/** A tensor as a view: of storage elements, from `offset`, with a stride for each axis. Within the storage, as has been checked. */
export interface PickleTensor {
  readonly kind: "tensor";
  readonly storage: PickleStorage;
  readonly type: ElementType;
  readonly shape: Shape;
  readonly strides: readonly number[];
  /** In elements of `type`, from the start of the storage that the file holds. */
  readonly offset: number;
}

type Kind = Extract<PickleValue, { readonly kind: unknown }>["kind"];

/** Whether a value is of one of the kinds above. */
export function isKind<K extends Kind>(value: PickleValue, kind: K): value is Extract<PickleValue, { kind: K }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

/** The items of a list, a set or a tuple. */
export function itemsOf(value: PickleValue): readonly PickleValue[] | undefined {
  return typeof value === "object" && value !== null && "items" in value ? value.items : undefined;
}

/** A value in a few words, for messages. */
export function describeValue(value: PickleValue): string {
  if (value === null) return "None";
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  switch (value.kind) {
    case "list":
    case "set":
    case "tuple":
      return `a ${value.kind} of ${value.items.length}`;
    case "dict":
      return `a dict of ${value.entries.length}`;
    case "global":
      return value.name;
    case "named":
      return value.text;
    case "storage":
      return `a storage of ${value.count}`;
    case "tensor":
      return `a tensor [${value.shape.join(", ")}]`;
  }
}
