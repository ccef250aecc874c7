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
  { positions, sources, features, maxScoreBytes, turnsKeys }: AttendExtents,
): string {
  const turned = turnsKeys
    ? emit.node(`${name}/keys`, "Transpose", [keys, emit.ints(`${name}/order`, [0, 2, 1])])
    : keys;
  const across = turnsKeys ? {} : { adj_y: attribute.flag(true) };
  const attend = (part: string, from: string): string => {
    const scores = emit.node(`${part}/scores`, "BatchMatMulV2", [from, turned], across);
    const weights = emit.node(`${part}/weights`, "Softmax", [scores]);
    return emit.node(part, "BatchMatMulV2", [weights, values]);
  };
  const parts = partCount(positions, sources, maxScoreBytes);
  if (parts === 1) return attend(name, queries);

  const size = positions / parts;
  const extents: Shape = [-1, size, features];
  const results = Array.from({ length: parts }, (_, index) => {
    const part = `${name}/part${index}`;
    const begin = emit.ints(`${part}/begin`, [0, index * size, 0]);
    const slice = emit.node(`${part}/queries`, "Slice", [queries, begin, emit.ints(`${part}/size`, extents)]);
    return attend(part, slice);
  });
  return emit.node(name, "ConcatV2", [...results, emit.int(`${name}/axis`, 1)], { N: attribute.int(parts) });
}
