// A Chromium for the tests that need a real browser: the one that is there, else the system's package.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of a browser, or undefined. CHROMIUM_PATH comes first. */
export function findChromium() {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const candidates = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find((path) => existsSync(path));
}

/** Installs the system's package where this is Debian's kind of system and this user may; says what to do where not. */
export function ensureChromium() {
  if (findChromium()) return;
  console.error("No Chromium found: installing the system's package …");
  const run = (args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  run(["update", "-qq"]);
  const { status } = run(["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  if (status === 0 && findChromium()) return;
  console.error(
    "Could not install it: install Chromium yourself, or set CHROMIUM_PATH to a browser, then run npm test again.",
  );
  process.exit(1);
}
