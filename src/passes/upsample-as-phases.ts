import { UPSAMPLED_TAPS } from "../graph/upsampled-taps.js";
import { foldUpsampling, type TapSum } from "./fold-upsampling.js";
import type { Pass } from "./pass.js";

const SUMS: readonly TapSum[] = UPSAMPLED_TAPS.flatMap((ofRow, row) =>
  UPSAMPLED_TAPS.flatMap((ofColumn, column) =>
    ofRow.flatMap((rows, i) =>
      ofColumn.map((columns, j): TapSum => ({ at: [i, j], block: row * 2 + column, rows, columns })),
    ),
  ),
);

export const upsampleAsPhases: Pass = {
  name: "upsample-as-phases",
  description: "turns an upsampling and the 3 x 3 convolution after it into four 2 x 2 convolutions of the small image",
  excludes: ["upsample-as-taps", "upsample-as-transposed-conv"],
  apply: (rewritten) =>
    foldUpsampling(rewritten, {
      operation: { op: "phaseConv2d" },
      suffix: "phases",
      shape: (inputs, outputs) => [2, 2, inputs, 4 * outputs],
      sums: SUMS,
    }),
};
