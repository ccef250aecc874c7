import { FormatError } from "../../core/errors.js";
import { nearestNames } from "../../core/nearest.js";
import { decodeFloats, elementCount, formatShape, isFloat, type Shape, toFloat64 } from "../../core/tensor.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import { shapeAttribute, stringAttribute } from "../../formats/saved-model/attributes.js";
import { decodeContent } from "../../formats/saved-model/constant-content.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import { nodeField } from "./call.js";

/** The scope that hub.Module puts before the names of a checkpoint. */
const MODULE_PREFIX = "module/";

/**
 * Spectral norm's vectors. A graph that goes on training them moves them a little at each call, some 1e-6 of the picture; what is ported
 * is the module as it was saved, so that every run begins with those of the checkpoint.
 */
const SINGULAR_VECTOR = /\/u\d+$/;

/** The variables of one run: assignments are seen by later reads, and after {@link commit} by later runs, but for singular vectors. */
export interface Variables {
  /** Assigned, or in the checkpoint. */
  isInitialized(variable: NodeDef): boolean;
  /** What was assigned last, or the checkpoint's tensor in float64; that one is read anew each time, and kept nowhere. */
  read(variable: NodeDef, options: ReadOptions): Promise<Tensor64>;
  assign(variable: NodeDef, value: Tensor64): void;
  commit(): void;
}

/** The variables of a module: the checkpoint, and what its graph assigned since. */
export interface VariableStore {
  begin(): Variables;
  reset(): void;
}

export function createVariableStore(file: string, source: TensorSource): VariableStore {
  const assigned = new Map<string, Tensor64>();
  return {
    begin() {
      const own = new Map(assigned);
      return {
        isInitialized: (variable) => {
          const key = keyOf(file, variable);
          return own.has(key) || findTensor(source, key) !== undefined;
        },
        read: async (variable, options) =>
          own.get(keyOf(file, variable)) ?? (await readCheckpoint(file, source, variable, options)),
        assign: (variable, value) => {
          checkShape(file, variable, value.shape, "the value assigned");
          own.set(keyOf(file, variable), value);
        },
        commit() {
          for (const [key, value] of own) if (!SINGULAR_VECTOR.test(key)) assigned.set(key, value);
        },
      };
    },
    reset: () => assigned.clear(),
  };
}

/** Variables are shared by `shared_name`; without one, by the node's own name. */
function keyOf(file: string, variable: NodeDef): string {
  return stringAttribute(file, variable, "shared_name") || variable.name;
}

function findTensor({ tensors }: TensorSource, key: string): TensorInfo | undefined {
  const plain = key.startsWith(MODULE_PREFIX) ? key.slice(MODULE_PREFIX.length) : key;
  return tensors.get(key) ?? tensors.get(plain) ?? tensors.get(MODULE_PREFIX + plain);
}

async function readCheckpoint(
  file: string,
  source: TensorSource,
  variable: NodeDef,
  options: ReadOptions,
): Promise<Tensor64> {
  const key = keyOf(file, variable);
  const info = findTensor(source, key);
  if (info === undefined) {
    const nearest = nearestNames(key, source.tensors.keys());
    const found = nearest.length === 0 ? "none of that name" : `none of that name (nearest: ${nearest.join(", ")})`;
    throw new FormatError({ file: source.file, field: nodeField(variable) }, `the tensor ${key}`, found);
  }
  checkShape(file, variable, info.shape, `${info.name} in the checkpoint`);
  const bytes = await source.read(info.name, options);
  const data = isFloat(info.dtype)
    ? decodeFloats(bytes, info.dtype)
    : decodeContent(source.file, info.name, info.dtype, bytes, elementCount(info.shape));
  return { shape: info.shape, data: toFloat64(data) };
}

/** The graph says what shape a variable has; an unknown extent is -1. */
function checkShape(file: string, variable: NodeDef, shape: Shape, what: string): void {
  const declared = shapeAttribute(file, variable, "shape");
  if (declared === undefined) return;
  const fits =
    declared.length === shape.length && declared.every((extent, axis) => extent < 0 || extent === shape[axis]);
  if (fits) return;
  throw new FormatError(
    { file, field: nodeField(variable) },
    `shape ${formatShape(declared)}`,
    `${formatShape(shape)} for ${what}`,
  );
}
