import type { ConfigFile } from "../config-file.js";
import type { TensorShapes } from "./tensor-shapes.js";

export const ANOTHERS = "The config.json is of another model: put the right one beside the weights, or take it away.";

/** Refuses a config.json that says other numbers of classes or pixels than the weights have. */
export function checkOwnConfig(
  shapes: TensorShapes,
  file: ConfigFile | undefined,
  { classes, resolution }: { readonly classes: number; readonly resolution: number },
): void {
  if (file === undefined) return;
  const wanted = { n_classes: classes, num_classes: classes, resolution, output_dim: resolution };
  for (const [key, value] of Object.entries(wanted)) {
    const said: unknown = Reflect.get(file.values, key);
    if (said !== undefined && said !== value) {
      throw shapes.refuse(`${file.file}: ${key}: expected ${value} as the weights have it, found ${said}`, ANOTHERS);
    }
  }
}

/** Pixels along a side after so many blocks that enlarge the image. */
export const sideAfter = (enlarging: number) => 4 * 2 ** enlarging;
