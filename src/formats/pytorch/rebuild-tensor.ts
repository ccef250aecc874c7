import { formatShape } from "../../core/tensor.js";
import { ELEMENT_TYPES, type ElementType } from "./element-type.js";
import { fault, type Machine } from "./machine.js";
import { describeValue, isKind, itemsOf, type PickleStorage, type PickleTensor, type PickleValue } from "./values.js";

/** Weights have at most five axes, and numpy reads no more than this. */
const MAX_RANK = 32;

/** A tensor that repeats its elements (stride 0) may be larger than its storage, up to this: a constant row of a wide layer. */
const MAX_REPEATED_BYTES = 1024 * 1024;

/** `_rebuild_tensor[_v2](storage, offset, size, stride, …)`: the storage says the type. */
export function rebuildTensor(args: readonly PickleValue[], machine: Machine): PickleTensor {
  const storage = storageIn(args, machine);
  return viewOf(args, storage, storage.type, machine);
}

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, …)`: the type is an argument. */
export function rebuildTyped(args: readonly PickleValue[], machine: Machine): PickleTensor {
  const [, , , , , , dtype = null] = args;
  const type = isKind(dtype, "global") ? ELEMENT_TYPES.get(dtype.name.replace(/^torch\./, "")) : undefined;
  if (type === undefined) throw fault(machine, "a torch.dtype", describeValue(dtype));
  const storage = storageIn(args, machine);
  const bytes = (count: number) => Math.floor((count * storage.type.bytes) / type.bytes);
  return viewOf(args, { ...storage, count: bytes(storage.count), offset: bytes(storage.offset) }, type, machine);
}

function storageIn([storage = null]: readonly PickleValue[], machine: Machine): PickleStorage {
  if (isKind(storage, "storage")) return storage;
  throw fault(machine, "a storage", describeValue(storage));
}

function viewOf(
  [, first = null, size = null, stride = null]: readonly PickleValue[],
  storage: PickleStorage,
  type: ElementType,
  machine: Machine,
): PickleTensor {
  if (!isCount(first)) throw fault(machine, "a storage offset", describeValue(first));
  const shape = countsOf(size, "sizes", machine);
  const strides = countsOf(stride, "strides", machine);
  if (shape.length !== strides.length) {
    throw fault(machine, `a stride for each of ${shape.length} axes`, `${strides.length}`);
  }
  const elements = shape.reduce((product, extent) => product * extent, 1);
  if (!Number.isSafeInteger(elements * type.bytes)) throw fault(machine, "a size below 2^53", formatShape(shape));
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * (strides[axis] ?? 0), first);
  if (elements > 0 && !(last < storage.count)) {
    const found = `${formatShape(shape)} with strides ${formatShape(strides)} from ${first}, up to ${last}`;
    throw fault(machine, `a tensor inside the ${storage.count} elements of its storage`, found);
  }
  if (elements > storage.count && elements * type.bytes > MAX_REPEATED_BYTES) {
    throw fault(machine, `a tensor of at most the ${storage.count} elements of its storage`, `${elements}, repeated`);
  }
  return { kind: "tensor", storage, type, shape, strides, offset: storage.offset + first };
}

function countsOf(value: PickleValue, what: string, machine: Machine): number[] {
  const items = itemsOf(value);
  if (items === undefined) throw fault(machine, `a tuple of ${what}`, describeValue(value));
  if (items.length > MAX_RANK) throw fault(machine, `at most ${MAX_RANK} axes`, `${items.length}`);
  return items.map((item) => {
    if (isCount(item)) return item;
    throw fault(machine, `${what} from 0 to 2^53`, describeValue(item));
  });
}

function isCount(value: PickleValue): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
