import { isPortError } from "../../../src/core/errors.js";

/** The whole message of the error this package raises when `work` runs. */
export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isPortError(error)) return error.message;
    throw error;
  }
  throw new Error("expected a refusal, found none");
}
