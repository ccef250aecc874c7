import { Buffer } from "node:buffer";
import { ELEMENT_TYPES, STORAGE_CLASSES } from "./element-type.js";
import { fault, type Machine } from "./machine.js";
import { rebuildTensor, rebuildTyped } from "./rebuild-tensor.js";
import { describeValue, isKind, itemsOf, type PickleDict, type PickleValue } from "./values.js";

/** What a call gives. It builds a value from its arguments and has no other effect. */
type Callable = (args: readonly PickleValue[], machine: Machine) => PickleValue;

/** An OrderedDict or a set of this many entries may come as a list; what is copied must not grow with the number of calls. */
const MAX_COPIED = 1_048_576;

const parameter: Callable = ([tensor = null], machine) => requireTensor(tensor, machine);

const encode: Callable = ([text = null, encoding = null], machine) => {
  if (typeof text !== "string" || encoding !== "latin1") {
    throw fault(machine, "a text to be encoded as latin1", `${describeValue(text)}, ${describeValue(encoding)}`);
  }
  spend(machine, text.length);
  return Buffer.from(text, "latin1");
};

/** `float64` numbers are given as such; other numpy scalars, and those of Python 2, only as their type. */
const numpyScalar: Callable = ([type = null, bytes = null], machine) => {
  if (!isKind(type, "named")) throw fault(machine, "a numpy type", describeValue(type));
  const isDouble = type.text === "numpy.dtype f8" && bytes instanceof Uint8Array && bytes.length === 8;
  if (!isDouble) return { kind: "named", text: `a scalar of ${type.text}` };
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
};

const named =
  (name: string): Callable =>
  ([argument = null]) => ({
    kind: "named",
    text: typeof argument === "string" ? `${name} ${argument.slice(0, 20)}` : name,
  });

const tuple: Callable = ([items = null], machine) => ({ kind: "tuple", items: copiedItems(items, machine) });

const set: Callable = ([items = null], machine) => ({ kind: "set", items: copiedItems(items, machine) });

/** `torch._tensor._rebuild_from_type_v2(function, type, arguments, state)`: a tensor with attributes, which are dropped. */
const rebuildFromType: Callable = ([callee = null, , args = null], machine) => {
  const run = isKind(callee, "global") ? REBUILDS.get(callee.name) : undefined;
  const items = itemsOf(args);
  if (run === undefined || items === undefined) throw fault(machine, "a tensor's rebuilding", describeValue(callee));
  return run(items, machine);
};

/** https://github.com/pytorch/pytorch/blob/v2.9.0/torch/_utils.py (`_rebuild_tensor` and those after it) */
const REBUILDS: ReadonlyMap<string, Callable> = new Map([
  ["torch._utils._rebuild_tensor", rebuildTensor],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_tensor_v3", rebuildTyped],
  ["torch._utils._rebuild_parameter", parameter],
  ["torch._utils._rebuild_parameter_with_state", parameter],
]);

/** All that a file may call, by exact name. Each only makes a value of the kinds in values.ts. */
const CALLABLES: ReadonlyMap<string, Callable> = new Map([
  ...REBUILDS,
  ["torch._tensor._rebuild_from_type_v2", rebuildFromType],
  ["torch.nn.parameter.Parameter", parameter],
  ["torch.Size", tuple],
  ["torch.device", named("torch.device")],
  ["collections.OrderedDict", orderedDict],
  ["collections.Counter", orderedDict],
  ["argparse.Namespace", (): PickleValue => ({ kind: "dict", entries: [], isNamespace: true })],
  ["builtins.set", set],
  ["__builtin__.set", set],
  ["_codecs.encode", encode],
  ["numpy.dtype", named("numpy.dtype")],
  ["numpy.core.multiarray.scalar", numpyScalar],
  ["numpy._core.multiarray.scalar", numpyScalar],
]);

/** Names that stand for something and cannot be called. */
const MARKERS: ReadonlySet<string> = new Set([
  ...STORAGE_CLASSES.keys(),
  ...Array.from(ELEMENT_TYPES.keys(), (name) => `torch.${name}`),
  "torch.Tensor",
]);

export function isKnownGlobal(name: string): boolean {
  return CALLABLES.has(name) || MARKERS.has(name);
}

export function callableOf(name: string): Callable | undefined {
  return CALLABLES.get(name);
}

/** Without arguments as Python 3 writes it, from a list of pairs as Python 2 does, or from a dict. */
function orderedDict([from = null]: readonly PickleValue[], machine: Machine): PickleDict {
  if (from === null) return { kind: "dict", entries: [] };
  if (isKind(from, "dict")) return { kind: "dict", entries: from.entries };
  const entries = copiedItems(from, machine).map((pair): [PickleValue, PickleValue] => {
    const [key, value, ...more] = itemsOf(pair) ?? [];
    if (key !== undefined && value !== undefined && more.length === 0) return [key, value];
    throw fault(machine, "a pair of key and value", describeValue(pair));
  });
  return { kind: "dict", entries };
}

/** A copy, for what is built may be added to. */
function copiedItems(list: PickleValue, machine: Machine): PickleValue[] {
  const items = list === null ? [] : itemsOf(list);
  if (items === undefined) throw fault(machine, "a list", describeValue(list));
  spend(machine, items.length);
  return [...items];
}

function requireTensor(value: PickleValue, machine: Machine): PickleValue {
  if (isKind(value, "tensor")) return value;
  throw fault(machine, "a tensor", describeValue(value));
}

function spend(machine: Machine, amount: number): void {
  machine.copied += amount;
  if (machine.copied > MAX_COPIED) throw fault(machine, `at most ${MAX_COPIED} values copied`, "more");
}
