import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser to test in: CHROMIUM_PATH, else one of the usual names on PATH, else the one playwright keeps. */
async function chromiumPath(): Promise<string> {
  const given = process.env["CHROMIUM_PATH"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = given === undefined ? [...onPath, chromium.executablePath()] : [given];
  for (const path of candidates) {
    if (path !== "" && (await isExecutable(path))) return path;
  }
  const where = given === undefined ? `${NAMES.join(", ")} on PATH, nor playwright's own` : `CHROMIUM_PATH=${given}`;
  throw new Error(
    `browser tests: expected a Chromium, found none (${where}). Install one (apt-get install chromium) or set CHROMIUM_PATH.`,
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** A headless Chromium. Containers run as root and have a small /dev/shm: hence the flags. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}
