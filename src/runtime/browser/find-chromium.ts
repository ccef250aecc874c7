import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

/** Browsers that put nothing on PATH. */
const USUAL_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export const INSTALL_CHROMIUM = "apt-get install chromium, or npx playwright-core install chromium";

export interface FindChromiumOptions {
  /** Where to look for `CHROMIUM_PATH` and `PATH`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where playwright keeps its own, if it does. */
  readonly playwrightPath?: string;
}

/** A browser, or where it was looked for. */
export type ChromiumSearch = { readonly path: string } | { readonly path?: undefined; readonly lookedFor: string };

/** CHROMIUM_PATH and nothing else when it is set; otherwise the usual names on PATH, the usual places, playwright's own. */
export async function findChromium(options: FindChromiumOptions = {}): Promise<ChromiumSearch> {
  const { environment = process.env, playwrightPath } = options;
  const given = environment["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") {
    return (await isExecutable(given)) ? { path: given } : { lookedFor: `CHROMIUM_PATH=${given}` };
  }
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  const own = playwrightPath === undefined || playwrightPath === "" ? [] : [playwrightPath];
  for (const path of [...onPath, ...USUAL_PLACES, ...own]) {
    if (await isExecutable(path)) return { path };
  }
  return { lookedFor: `${NAMES.slice(0, 3).join(", ")} … on PATH, nor playwright's own` };
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
