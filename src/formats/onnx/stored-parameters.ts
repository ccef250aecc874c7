import { FormatError } from "../../core/errors.js";
import { elementCount, formatShape, type Shape, sameShape } from "../../core/tensor.js";
import { givenShape, type Layout, layoutOf, PHASES, storedChannels } from "./layout.js";
import type { TensorEntry } from "./tensor-entry.js";
import { DAMAGED } from "./walk.js";

/** One tensor that holds a parameter or a phase of it, with the scales (and offsets) of its channels where it is in whole numbers. */
export interface StoredTensor {
  readonly layout: Layout;
  readonly values: TensorEntry;
  readonly scales: TensorEntry | undefined;
  readonly offsets: TensorEntry | undefined;
}

export interface StoredParameter {
  /** In our own order. */
  readonly shape: Shape;
  readonly tensors: readonly StoredTensor[];
}

const CODES = "/codes";

/** The scales of codes, or their copy as a vector without other axes, as DequantizeLinear wants it. */
const SCALES = ["scales", "channels"] as const;

/**
 * The parameters among a model's tensors: those whose doc strings say so. `NAME`, or `NAME/LAYOUT` for a phase or a second copy of it; in int8, and
 * in int32 what convolutions in int8 add, `…/codes`, times `…/scales` or `…/channels` and plus `…/offsets`. Throws a {@link FormatError} when parts are missing or do not fit each other.
 */
export function storedParameters(
  file: string,
  tensors: ReadonlyMap<string, TensorEntry>,
): ReadonlyMap<string, StoredParameter> {
  const byName = new Map<string, StoredTensor[]>();
  for (const values of tensors.values()) {
    const layout = layoutOf(values.doc);
    if (layout === undefined) continue;
    const base = values.name.endsWith(CODES) ? values.name.slice(0, -CODES.length) : values.name;
    const [name = ""] = base.split("/");
    const [scales] = SCALES.flatMap((vector) => tensors.get(`${base}/${vector}`) ?? []);
    const stored = { layout, values, scales, offsets: tensors.get(`${base}/offsets`) };
    byName.set(name, [...(byName.get(name) ?? []), stored]);
  }
  return new Map([...byName].map(([name, stored]) => [name, joinedParameter(file, name, stored)]));
}

function joinedParameter(file: string, name: string, stored: readonly StoredTensor[]): StoredParameter {
  const fault = (expected: string, found: string) =>
    new FormatError({ file, field: `parameter ${JSON.stringify(name.slice(0, 80))}` }, expected, found, DAMAGED);
  // A second copy in another order holds the same numbers.
  const whole = stored.find(({ layout }) => !isPhase(layout));
  const used = whole === undefined ? stored.filter(({ layout }) => isPhase(layout)) : [whole];
  if (whole === undefined && PHASES.some((phase) => used.filter(({ layout }) => layout === phase).length !== 1)) {
    throw fault("its four phases, each once", used.map(({ layout }) => layout).join(", "));
  }
  let shape: Shape | undefined;
  for (const { layout, values, scales, offsets } of used) {
    const given = givenShape(layout, values.shape);
    if (given === undefined || (shape !== undefined && !sameShape(given, shape))) {
      throw fault(`a tensor stored as ${layout}${shape ? ` of ${formatShape(shape)}` : ""}`, formatShape(values.shape));
    }
    shape = given;
    if (isCodes(values)) checkVectors(layout, given, scales, offsets, fault);
    else if (values.type !== "float32" && values.type !== "float16") throw fault("numbers", values.type);
  }
  return { shape: shape ?? [], tensors: used };
}

function checkVectors(
  layout: Layout,
  shape: Shape,
  scales: TensorEntry | undefined,
  offsets: TensorEntry | undefined,
  fault: (expected: string, found: string) => FormatError,
): void {
  const { first, end } = storedChannels(layout, shape);
  if (scales === undefined) throw fault("scales for its codes", "none");
  for (const vector of [scales, offsets]) {
    if (vector === undefined || (vector.type === "float32" && elementCount(vector.shape) === end - first)) continue;
    throw fault(`${end - first} scales or offsets in float32`, `${vector.type} ${formatShape(vector.shape)}`);
  }
}

/** Whole numbers that mean nothing without their scales. */
export function isCodes({ type }: TensorEntry): boolean {
  return type === "int8" || type === "int32";
}

function isPhase(layout: Layout): boolean {
  return PHASES.some((phase) => phase === layout);
}
