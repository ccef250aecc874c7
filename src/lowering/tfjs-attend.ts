import type { Shape } from "../core/tensor.js";
import { partCount } from "./attend-parts.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";

/**
 * WebGPU guarantees storage bindings of 128 MiB and no more (https://www.w3.org/TR/webgpu/#limits); half of that leaves room for
 * two images at a time.
 */
export const MAX_SCORE_BYTES = 64 * 1024 * 1024;

export interface AttendExtents {
  /** Queries of one image. */
  readonly positions: number;
  /** Keys of one image. */
  readonly sources: number;
  /** Length of a query and a key. */
  readonly features: number;
  readonly maxScoreBytes: number;
  /** The keys are turned to [n, d, M] beforehand. */
  readonly turnsKeys: boolean;
  /** Pictures of a batch that are attended one by one, the first ones. */
  readonly apart: number;
}

/**
 * softmax(queries keysT) values, [n, N, e]. Where the scores of one image (N x M floats) are above the bound, the queries are cut in
 * equal parts and the results joined: each row's softmax is over the keys, so the parts do not touch each other.
 * BigGAN-256 attends 16384 queries to 4096 keys: 256 MiB of scores.
 */
export function emitAttend(
  emit: Emitter,
  name: string,
  [queries, keys, values]: readonly [queries: string, keys: string, values: string],
  { positions, sources, features, maxScoreBytes, turnsKeys, apart }: AttendExtents,
): string {
  const turned = turnsKeys
    ? emit.node(`${name}/keys`, "Transpose", [keys, emit.ints(`${name}/order`, [0, 2, 1])])
    : keys;
  const across = turnsKeys ? {} : { adj_y: attribute.flag(true) };
  const attend = (part: string, [from, to, of]: Sequences): string => {
    const scores = emit.node(`${part}/scores`, "BatchMatMulV2", [from, to], across);
    const weights = emit.node(`${part}/weights`, "Softmax", [scores]);
    return emit.node(part, "BatchMatMulV2", [weights, of]);
  };
  const parts = partCount(positions, sources, maxScoreBytes);
  const size = positions / parts;
  const extents: Shape = [-1, size, features];
  const attendInParts = (whole: string, [from, to, of]: Sequences): string => {
    if (parts === 1) return attend(whole, [from, to, of]);
    const results = Array.from({ length: parts }, (_, index) => {
      const part = `${whole}/part${index}`;
      const begin = emit.ints(`${part}/begin`, [0, index * size, 0]);
      const slice = emit.node(`${part}/queries`, "Slice", [from, begin, emit.ints(`${part}/size`, extents)]);
      return attend(part, [slice, to, of]);
    });
    return joined(emit, whole, results, 1);
  };

  const all: Sequences = [queries, turned, values];
  if (apart === 0) return attendInParts(name, all);
  const groups = Array.from({ length: apart + 1 }, (_, first) => {
    const group = `${name}/picture${first}`;
    const pictures = picturesFrom(emit, group, first, first < apart);
    return attendInParts(group, [pictures("queries", queries), pictures("keys", turned), pictures("values", values)]);
  });
  return joined(emit, name, groups, 0);
}

type Sequences = readonly [queries: string, keys: string, values: string];

/** One picture of a batch, or all from there on. Of a smaller batch it is a tensor of no numbers, of which products and joints make none. */
function picturesFrom(emit: Emitter, group: string, first: number, one: boolean): (what: string, x: string) => string {
  const begin = emit.ints(`${group}/begin`, [first]);
  const bounds = [begin, emit.ints(`${group}/end`, [first + 1]), emit.ints(`${group}/step`, [1])];
  const none = Object.fromEntries(MASKS.map((mask) => [mask, attribute.int(0)]));
  const masks = one ? none : { ...none, end_mask: attribute.int(1) };
  return (what, x) => emit.node(`${group}/${what}`, "StridedSlice", [x, ...bounds], masks);
}

const MASKS = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];

function joined(emit: Emitter, name: string, parts: readonly string[], axis: number): string {
  return emit.node(name, "ConcatV2", [...parts, emit.int(`${name}/axis`, axis)], { N: attribute.int(parts.length) });
}
