import { access } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { findChromium } from "../browser/find-chromium.js";

/** Where Debian, Fedora, openSUSE and Google put Chromium's own files. */
const CHROMIUM_FOLDERS = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/usr/lib64/chromium",
  "/opt/google/chrome",
];

/** Environments in which Dawn may find an adapter: first the machine's own drivers, then Chromium's software Vulkan. */
export async function dawnEnvironments(): Promise<Record<string, string>[]> {
  const folder = process.platform === "linux" ? await chromiumFolder() : undefined;
  if (folder === undefined) return [{}];
  const { LD_LIBRARY_PATH: given } = process.env;
  // A machine with a driver may lack the Vulkan loader; Chromium brings one. Last, so that the system's comes first.
  const loader = { LD_LIBRARY_PATH: [...(given ? [given] : []), folder].join(delimiter) };
  return [
    loader,
    { ...loader, VK_ICD_FILENAMES: join(folder, SWIFTSHADER), VK_DRIVER_FILES: join(folder, SWIFTSHADER) },
  ];
}

const SWIFTSHADER = "vk_swiftshader_icd.json";

async function chromiumFolder(): Promise<string | undefined> {
  const { path } = await findChromium();
  for (const folder of [...(path === undefined ? [] : [dirname(path)]), ...CHROMIUM_FOLDERS]) {
    const there = await access(join(folder, SWIFTSHADER)).then(
      () => true,
      () => false,
    );
    if (there) return folder;
  }
  return undefined;
}
