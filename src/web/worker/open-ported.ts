import type { DroppedFile } from "../port/dropped-file.js";
import { portFiles } from "../port/port-files.js";
import type { LoadProgress } from "../types.js";
import type { ModelSource } from "./model-source.js";
import type { OpenEvents } from "./open-generator.js";

/** A dropped model, mapped and lowered here. Its files stay open, for the weights are read again when a graphics card is lost. */
export async function openPorted(
  files: readonly DroppedFile[],
  { signal, onProgress }: OpenEvents,
): Promise<ModelSource> {
  const ported = await portFiles(files, { signal, onProgress: thinned(onProgress) });
  const { modelTopology, signature, weightSpecs, weightStream } = ported.tfjs;
  return {
    facts: {
      ...ported.facts,
      format: "tfjs",
      mapping: { parameters: ported.mapped, tensors: ported.sourceTensors },
    },
    files: {
      kind: "tfjs",
      modelTopology,
      signature,
      weightSpecs: weightSpecs.map((spec) => ({ ...spec, shape: [...spec.shape] })),
      weightStream,
    },
    goldens: ported.goldens,
    async loaded() {
      // There is nothing to keep: it was never downloaded.
    },
    [Symbol.asyncDispose]: () => ported[Symbol.asyncDispose](),
  };
}

type Report = OpenEvents["onProgress"];

/** Often enough for the eye: a model has hundreds of small tensors. */
const INTERVAL_MS = 40;

/** Each step when it begins and when it is done, and now and then in between. */
function thinned(report: Report): (progress: Extract<LoadProgress, { stage: "port" }>) => void {
  let step = "";
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.step === step && progress.bytes < progress.total && now - last < INTERVAL_MS) return;
    step = progress.step;
    last = now;
    report(progress);
  };
}
