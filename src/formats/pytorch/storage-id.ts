import { STORAGE_CLASSES } from "./element-type.js";
import { fault, type Machine } from "./machine.js";
import { describeValue, isKind, itemsOf, type PickleStorage, type PickleValue } from "./values.js";

/** A storage as a persistent id names it, and the storages seen so far. */
export interface StorageTable {
  readonly seen: Map<string, PickleStorage>;
}

/** Weights of a released model are in some hundred storages. */
const MAX_STORAGES = 65_536;

/** Longest key: torch counts storages, and used their addresses before. */
const MAX_KEY_LENGTH = 40;

/**
 * Reads `('storage', class, key, location, count[, view])`, the one kind of persistent id that torch writes for tensors. The
 * location (a processor, a GPU) is of no matter here. Gives the same storage again for the same key, which must agree.
 */
export function readStorageId(id: PickleValue, machine: Machine, { seen }: StorageTable): PickleStorage {
  const items = itemsOf(id) ?? [];
  const [tag = null, storageClass = null, key = null, , count = null] = items;
  if (tag === "module") {
    const hint = "In Python, load the file as you trust it, and save model.state_dict() alone.";
    throw fault(machine, "tensors only", "a pickled module with its source code", hint);
  }
  if (tag !== "storage" || (items.length !== 5 && items.length !== 6)) {
    throw fault(machine, "('storage', class, key, location, count)", describeValue(tag));
  }
  const type = isKind(storageClass, "global") ? STORAGE_CLASSES.get(storageClass.name) : undefined;
  if (type === undefined) throw fault(machine, "a class of storages", describeValue(storageClass));
  if (typeof key !== "string" || key.length > MAX_KEY_LENGTH) {
    throw fault(machine, "a storage's key", describeValue(key));
  }
  if (typeof count !== "number" || !Number.isSafeInteger(count * type.bytes) || count < 0) {
    throw fault(machine, "a count of elements from 0 to 2^53", describeValue(count));
  }
  const known = seen.get(key);
  if (known === undefined) {
    if (seen.size >= MAX_STORAGES) throw fault(machine, `at most ${MAX_STORAGES} storages`, "more");
    const storage: PickleStorage = { kind: "storage", key, type, count, offset: 0 };
    seen.set(key, storage);
    return viewed(storage, items[5] ?? null, machine);
  }
  if (known.type === type && known.count === count) return viewed(known, items[5] ?? null, machine);
  const found = `${count} of ${type.name}, after ${known.count} of ${known.type.name}`;
  throw fault(machine, `storage ${JSON.stringify(key)} as it was named before`, found);
}

/** Files of the first versions may name a part of a storage: (key, offset, count), in elements. */
function viewed(storage: PickleStorage, view: PickleValue, machine: Machine): PickleStorage {
  if (view === null) return storage;
  const [key, offset, count] = itemsOf(view) ?? [];
  const isInside =
    typeof key === "string" &&
    typeof offset === "number" &&
    typeof count === "number" &&
    [offset, count].every((number) => Number.isSafeInteger(number) && number >= 0) &&
    offset + count <= storage.count;
  if (isInside) return { ...storage, count, offset };
  throw fault(machine, `a part of the ${storage.count} elements of the storage`, describeValue(view));
}
