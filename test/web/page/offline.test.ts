import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drawn, openSite, type Site, shownPictures } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

/** Until the service worker has all of the page and answers for it. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

it("a new version takes over once no page of the old one is open, and a visit without network has all", async () => {
  const fragment = "#view=samples&class=8&seed=42&truncation=0.5&count=3";
  const first = await site.visit(fragment);
  const pictures = await shownPictures(first);
  await kept(first);
  const cacheNames = async (page: Page) =>
    (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith("biggan-port page"));
  const [oldName, ...others] = await cacheNames(first);
  expect(others).toEqual([]);

  // The site gets a new page.
  const [index, worker] = [join(site.folder, "index.html"), join(site.folder, "sw.js")];
  await writeFile(index, (await readFile(index, "utf8")).replace("<title>BigGAN<", "<title>Next<"));
  const script = await readFile(worker, "utf8");
  const version = oldName?.slice(-16) ?? "";
  expect(script).toContain(version);
  await writeFile(worker, script.replace(version, "0123456789abcdef"));
  const title = (page: Page) =>
    page.evaluate(async () => (await (await fetch("./index.html")).text()).match(/<title>(.*?)</)?.[1]);
  expect(await title(first)).toBe("Next");
  await first.reload();
  await drawn(first);
  await first.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  // The new one takes over a moment after the old one's last page has closed: seen from beside its scope, where nothing holds it back.
  const context = first.context();
  const beside = await context.newPage();
  site.server.serve("beside/", site.folder);
  await beside.goto(`${site.server.origin}/beside/labels.json`);
  await first.close();
  await expect
    .poll(() => cacheNames(beside), { timeout: 30_000 })
    .toEqual([oldName?.replace(version, "0123456789abcdef")]);
  const second = await context.newPage();
  await second.goto(`${site.address}${fragment}`);
  await drawn(second);

  // The network is gone.
  await site.server.unplug();
  await second.reload();
  expect(await shownPictures(second)).toEqual(pictures);
  expect(await title(second)).toBe("Next");
  expect(await second.getByRole("heading", { level: 1 }).textContent()).toBe("house");
  await context.close();
  expect(site.errors).toEqual([]);
});
