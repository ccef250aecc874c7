import { foldUpsampling, type TapSum } from "./fold-upsampling.js";
import type { Pass } from "./pass.js";

/**
 * One axis: number i of the small image has copies at 2i and 2i + 1, and tap k of the transposed filter adds to 2i + k - 1, which sees
 * through its old taps 0, 1, 2 the copies at 2i + k - 2 … 2i + k. [k] -> the old taps that meet a copy of number i.
 */
const AXIS = [[2], [1, 2], [0, 1], [0]] as const;

const SUMS: readonly TapSum[] = AXIS.flatMap((rows, row) =>
  AXIS.map((columns, column): TapSum => ({ at: [row, column], block: 0, rows, columns })),
);

export const upsampleAsTransposedConv: Pass = {
  name: "upsample-as-transposed-conv",
  description:
    "turns an upsampling and the 3 x 3 convolution after it into one transposed 4 x 4 convolution with stride 2",
  excludes: ["upsample-as-taps", "upsample-as-phases"],
  apply: (rewritten) =>
    foldUpsampling(rewritten, {
      operation: { op: "transposedConv2d" },
      suffix: "transposed",
      shape: (inputs, outputs) => [4, 4, inputs, outputs],
      sums: SUMS,
    }),
};
