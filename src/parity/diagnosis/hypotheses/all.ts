import type { Hypothesis } from "../hypothesis.js";
import type { Suspect } from "../layer-part.js";
import { attention } from "./attention.js";
import { batchNorms } from "./batch-norm.js";
import { conditions } from "./condition.js";
import { flows } from "./flow.js";
import { kernels } from "./kernels.js";
import { reshapes, upsamplings } from "./shapes.js";
import { statisticRows } from "./statistics.js";
import { movingAverages, parametersLeftOut, spectralNorms } from "./weights.js";

const FAMILIES = [
  ...[movingAverages, conditions, statisticRows, batchNorms, spectralNorms, parametersLeftOut],
  ...[kernels, reshapes, upsamplings, attention, flows],
] as const;

/** Everything that can be planted in a layer. */
export function hypothesesFor(suspect: Suspect): readonly Hypothesis[] {
  return FAMILIES.flatMap((family) => family(suspect));
}
