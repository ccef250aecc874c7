import { stat } from "node:fs/promises";

/** Where a module's parts are, in the format of tensorflow_hub 0.12's native modules. */
export const SAVED_MODEL = "saved_model.pb";
export const MODULE_DEF = "tfhub_module.pb";
export const VARIABLES = "variables";

export function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
