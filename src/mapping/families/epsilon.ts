import type { ConfigFile } from "../config-file.js";

/** Of every batch norm, and in words where it was not found but assumed. */
export interface ChosenEpsilon {
  readonly epsilon: number;
  readonly assumed: readonly string[];
}

/** A state dict does not hold epsilon: a config.json may say it, else it is what its makers' code takes by itself. */
export function chooseEpsilon(
  file: ConfigFile | undefined,
  key: "BN_eps" | "eps",
  usual: number,
  whose: string,
): ChosenEpsilon {
  const value = file?.values[key];
  if (value !== undefined) return { epsilon: value, assumed: [] };
  const instead = `a config.json beside the file with {"${key}": …} says another`;
  return { epsilon: usual, assumed: [`epsilon of the batch norms: ${usual}, ${whose}; ${instead}`] };
}
