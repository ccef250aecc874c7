import { isPortError } from "../../core/errors.js";
import { type ChromiumFacts, probeChromium } from "./probe.js";

/** The browser that the browser back-ends would use, or why there is none. */
export type BrowserState =
  | ({ readonly ok: true } & ChromiumFacts)
  | { readonly ok: false; readonly reason: string; readonly command?: string };

/** Starts the browser and asks it; does not reject because there is none. */
export async function surveyBrowser(): Promise<BrowserState> {
  try {
    return { ok: true, ...(await probeChromium("browser")) };
  } catch (error) {
    if (!isPortError(error) || error.code !== "backend") throw error;
    const reason = error.message.replace("browser: ", "");
    return { ok: false, reason, ...(error.hint === undefined ? {} : { command: error.hint }) };
  }
}
