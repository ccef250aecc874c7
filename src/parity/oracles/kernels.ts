import type { Kernel } from "./call.js";
import { ARITHMETIC } from "./ops/arithmetic.js";
import { CHOOSING } from "./ops/choosing.js";
import { CONVOLUTIONS } from "./ops/convolutions.js";
import { ELEMENTWISE } from "./ops/elementwise.js";
import { IMAGES } from "./ops/images.js";
import { JOINING } from "./ops/joining.js";
import { MATRICES } from "./ops/matrices.js";
import { MOVING } from "./ops/moving.js";
import { NORMALIZATION } from "./ops/normalization.js";
import { PASSING } from "./ops/passing.js";
import { REDUCTIONS } from "./ops/reductions.js";
import { SHAPES } from "./ops/shapes.js";
import { SLICING } from "./ops/slicing.js";

/** Every op that is computed from its inputs alone, by TensorFlow's name. */
export const KERNELS: ReadonlyMap<string, Kernel> = new Map(
  [
    ...[ARITHMETIC, CHOOSING, CONVOLUTIONS, ELEMENTWISE, IMAGES, JOINING, MATRICES],
    ...[MOVING, NORMALIZATION, PASSING, REDUCTIONS, SHAPES, SLICING],
  ].flatMap((group) => Object.entries(group)),
);
