// The pictures of the demo page in docs/web, of the small models that `npm start` ports: `npm run build && node scripts/screenshots.mjs [ID …]`.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProfile, openBrowser } from "./bench-web/browser.mjs";
import { openSite } from "./bench-web/site.mjs";
import { SHOTS } from "./screenshots/shots.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const docs = join(root, "docs/web");

/** Of one picture, and of all: they are part of the repository. */
const MAX_BYTES = 150_000;
const MAX_TOTAL = 1_000_000;

const DESKTOP = { width: 1280, height: 800 };

function exportModel(name, folder) {
  const args = [
    join(root, "bin/biggan-port.js"),
    "port",
    join(root, `fixtures/${name}.tar.gz`),
    "-o",
    folder,
    "--quiet",
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${name} was not exported`);
  return folder;
}

/** A fresh visitor for each picture: nothing is kept, and nothing of another picture is left. */
async function shoot({ id, fragment = "", dark = false, viewport = DESKTOP, host, before, act, wait = drawn }, model) {
  const site = await openSite(model, { isolated: true, ...host });
  const profile = createProfile();
  const { context, page } = await openBrowser(profile);
  try {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await before?.(page);
    await page.goto(`${site.origin}/${fragment}`);
    await wait(page);
    await act?.(page);
    const path = join(docs, `${id}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    console.log(`${path}: ${size} bytes`);
    if (size > MAX_BYTES) throw new Error(`${path}: expected at most ${MAX_BYTES} bytes, found ${size}`);
    return size;
  } finally {
    await context.close();
    profile.remove();
    await site.close();
  }
}

async function drawn(page) {
  await page.locator("#stage[aria-busy=false]").waitFor({ timeout: 120_000 });
}

const only = process.argv.slice(2);
const unknown = only.filter((id) => !SHOTS.some((shot) => shot.id === id));
if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: none of ${SHOTS.map(({ id }) => id).join(", ")}`);
const work = mkdtempSync(join(tmpdir(), "biggan-port-screenshots-"));
try {
  mkdirSync(docs, { recursive: true });
  const model = exportModel("biggan-mini", join(work, "model"));
  let total = 0;
  for (const shot of SHOTS.filter(({ id }) => only.length === 0 || only.includes(id)))
    total += await shoot(shot, model);
  if (total > MAX_TOTAL) throw new Error(`docs/web: expected at most ${MAX_TOTAL} bytes, found ${total}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
