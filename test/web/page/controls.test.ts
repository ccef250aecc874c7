import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { drawn, openSite, type Site, shownPictures, slide } from "./site.js";

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await site.visit("", { permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce" });
  await drawn(page);
});
afterEach(() => expect(site.errors).toEqual([]));
afterAll(() => site[Symbol.asyncDispose]());

/** Opens a link in the tab that is open, as a visitor does who pastes it. */
async function go(fragment: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
  await drawn(page);
}

const heading = () => page.getByRole("heading", { level: 1 }).textContent();
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
const tab = (name: string) => page.getByRole("tab", { name });

async function readPng(download: Download): Promise<PNG> {
  return PNG.sync.read(await readFile(await download.path()));
}

async function save(name: string): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(name).click()]);
  return download;
}

describe("samples", () => {
  it("the class is found by typing, and taken with the keyboard or the mouse", async () => {
    await go("view=samples&count=2");
    const [before] = await shownPictures(page);
    const field = page.getByRole("combobox", { name: "Class" });
    await field.fill("hou");
    expect(await page.getByRole("option").allInnerTexts()).toEqual(["house\n8"]);
    await field.press("Enter");
    expect(await heading()).toBe("house");
    const [after] = await shownPictures(page);
    expect(after).not.toEqual(before);
    await field.click();
    expect(await page.getByRole("option").count()).toBe(10);
    await page.getByRole("option", { name: "fish" }).click();
    expect(await heading()).toBe("fish");
    await field.fill("zebra");
    expect(await page.getByText("No class has this name").isVisible()).toBe(true);
    await field.press("Escape");
    expect(await field.inputValue()).toBe("fish");
  });

  it("truncation, seed, re-roll and count change the pictures", async () => {
    await go("view=samples&class=3&seed=5&count=2&truncation=0.5");
    const seen = [await shownPictures(page)];
    await slide(page, "Truncation", 0.9);
    seen.push(await shownPictures(page));
    await page.getByRole("spinbutton", { name: "Seed" }).fill("77");
    seen.push(await shownPictures(page));
    await button("Re-roll").click();
    expect(await page.getByRole("spinbutton", { name: "Seed" }).inputValue()).not.toBe("77");
    seen.push(await shownPictures(page));
    await button("Re-roll: another seed").click();
    seen.push(await shownPictures(page));
    expect(new Set(seen.map((pictures) => JSON.stringify(pictures))).size).toBe(seen.length);
    await slide(page, "Pictures", 5);
    expect(await shownPictures(page)).toHaveLength(5);
  });

  it("what is no seed is put back", async () => {
    await go("view=samples&seed=5&count=1");
    const field = page.getByRole("spinbutton", { name: "Seed" });
    await field.fill("-3");
    await field.blur();
    expect(await field.inputValue()).toBe("5");
  });
});

describe("mix", () => {
  it("classes are added and removed, weighted, and normalised", async () => {
    await go("view=mix&mix=0:0.5,8:0.5&count=2");
    expect(await heading()).toBe("0.5 circle + 0.5 house");
    expect(await button("Normalise").isDisabled()).toBe(true);
    const before = await shownPictures(page);
    await slide(page, "Weight 1", 1);
    expect(await page.getByText("The weights add up to 1.50").isVisible()).toBe(true);
    expect(await shownPictures(page)).not.toEqual(before);
    await button("Normalise").click();
    expect(await heading()).toBe("0.67 circle + 0.33 house");
    await button("Add a class").click();
    await page.getByRole("combobox", { name: "Class 3" }).fill("fish");
    await page.getByRole("combobox", { name: "Class 3" }).press("Enter");
    expect(await heading()).toContain("fish");
    await button("Add a class").click();
    expect(await button("Add a class").isDisabled()).toBe(true);
    await button("Remove class 2").click();
    await button("Remove class 1").click();
    expect(await heading()).not.toContain("house");
    expect(await page.getByRole("button", { name: /Remove class/ }).count()).toBe(0);
  });
});

describe("morph", () => {
  it("the strip has its steps, and is scrubbed", async () => {
    await go("view=morph&from=0,1&to=8,2&steps=4&frame=0");
    const strip = await shownPictures(page);
    const [screen, ...film] = strip;
    expect(film).toHaveLength(4);
    expect(screen).toEqual(film[0]);
    await slide(page, "Position", 3);
    expect((await shownPictures(page))[0]).toEqual(film[3]);
    await page.getByRole("button", { name: /Show: .*step 2 of 4/ }).click();
    expect((await shownPictures(page))[0]).toEqual(film[1]);
    await slide(page, "Steps", 6);
    expect(await shownPictures(page)).toHaveLength(7);
  });

  it("plays, pauses, faster and slower", async () => {
    await go("view=morph&from=0,1&to=8,2&steps=6&frame=0&speed=30");
    const position = page.getByRole("slider", { name: "Position" });
    await button("Play").click();
    await page.waitForFunction(() => document.querySelector("[aria-current=true]:not(li:first-child *)") !== null);
    await button("Pause").click();
    const stopped = await position.inputValue();
    await page.waitForTimeout(150);
    expect(await position.inputValue()).toBe(stopped);
    await slide(page, "Speed", 1);
    expect(await page.getByText("1 a second").isVisible()).toBe(true);
  });

  it("the ends are swapped, and chosen each for itself", async () => {
    await go("view=morph&from=0,1&to=8,2&steps=3");
    expect(await heading()).toBe("circle → house");
    const there = await shownPictures(page);
    await button("Swap the ends").click();
    expect(await heading()).toBe("house → circle");
    const back = await shownPictures(page);
    expect(back[1]).toEqual(there[3]);
    await page.getByRole("combobox", { name: "From: class" }).fill("star");
    await page.getByRole("combobox", { name: "From: class" }).press("Enter");
    await page.getByRole("spinbutton", { name: "To: seed" }).fill("99");
    await drawn(page);
    expect(await heading()).toBe("star → circle");
    // Browsers forbid more than some changes of the address a second: it comes a little later.
    await page.waitForURL(/from=3,2&to=0,99&/);
  });
});

describe("compare", () => {
  it("shows the same seeds at two truncations", async () => {
    await go("view=compare&class=4&seed=9&truncation=0.3&second=1&count=3");
    const pictures = await shownPictures(page);
    expect(pictures).toHaveLength(6);
    expect(await page.getByRole("heading", { level: 2, name: /Truncation/ }).allInnerTexts()).toEqual([
      "Truncation 0.30",
      "Truncation 1.00",
    ]);
    expect(pictures.slice(3)).not.toEqual(pictures.slice(0, 3));
    await slide(page, "Right truncation", 0.3);
    const alike = await shownPictures(page);
    expect(alike.slice(3)).toEqual(alike.slice(0, 3));
    await slide(page, "Left truncation", 0.8);
    expect((await shownPictures(page)).slice(0, 3)).not.toEqual(alike.slice(0, 3));
  });
});

describe("looking closely", () => {
  it("the dialog shows the picture with its recipe, and goes on to others", async () => {
    await go("view=samples&class=8&seed=42&truncation=0.5&count=3");
    await page
      .getByRole("button", { name: "Enlarge: house, seed 42, picture 2 of this seed, truncation 0.50" })
      .click();
    const dialog = page.getByRole("dialog", { name: "house" });
    expect(await dialog.innerText()).toMatch(
      /Seed\s+42\s+Picture\s+2 of this seed\s+Truncation\s+0\.50\s+Drawn in\s+[\d.]+ m?s/,
    );
    await dialog.getByRole("button", { name: "Next picture" }).click();
    expect(await dialog.innerText()).toContain("3 of this seed");
    await page.keyboard.press("ArrowRight");
    expect(await dialog.innerText()).toContain("1 of this seed");
    await dialog.getByRole("button", { name: "Previous picture" }).click();
    expect(await dialog.innerText()).toContain("3 of this seed");
    const pixels = () => dialog.getByRole("img").evaluate((canvas) => getComputedStyle(canvas).imageRendering);
    expect(await pixels()).toBe("pixelated");
    await dialog.getByRole("switch", { name: "Smooth pixels" }).check();
    expect(await pixels()).toBe("auto");
    await page.keyboard.press("Escape");
    expect(await dialog.isVisible()).toBe(false);
  });
});

describe("files", () => {
  it("one picture, the grid and the strip are saved pixel by pixel", async () => {
    await go("view=samples&class=8&seed=42&truncation=0.5&count=4&zoom=1");
    const one = await save("Download PNG");
    expect(one.suggestedFilename()).toBe("house-seed-42-picture-2-truncation-0.50.png");
    const tiles = await shownPictures(page);
    expect((await readPng(one)).data.toString("base64")).toBe(tiles[1]);
    await page.keyboard.press("Escape");
    const grid = await readPng(await save("Download all"));
    expect([grid.width, grid.height]).toEqual([64, 64]);
    const last = Buffer.alloc(32 * 32 * 4);
    PNG.bitblt(grid, Object.assign(new PNG({ width: 32, height: 32 }), { data: last }), 32, 32, 32, 32, 0, 0);
    expect(last.toString("base64")).toBe(tiles[3]);
    await go("view=morph&steps=5");
    const strip = await readPng(await save("Download all"));
    expect([strip.width, strip.height]).toEqual([160, 32]);
  });
});

describe("the page itself", () => {
  it("the link is copied, and leads to the same pictures", async () => {
    await go("view=mix&mix=2:0.3,9:0.7&seed=11&count=2");
    const before = await shownPictures(page);
    await button("Copy link").click();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    expect(address).toMatch(/#view=mix&mix=2:0\.3,9:0\.7&seed=11&truncation=0\.5&count=2&model=[0-9a-f]{12}$/);
    const other = await site.visit(new URL(address).hash);
    expect(await shownPictures(other)).toEqual(before);
    await other.context().close();
  });

  it("dark and light are switched, and remembered", async () => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await button("Dark theme").click();
    expect(await paper()).not.toBe(light);
    expect(await button("Dark theme").getAttribute("aria-pressed")).toBe("true");
    await page.reload();
    await drawn(page);
    expect(await paper()).not.toBe(light);
    await button("Dark theme").click();
    expect(await paper()).toBe(light);
  });

  it("tabs are walked with arrows, and keep what they showed", async () => {
    await go("view=samples&class=5&count=1");
    await tab("Samples").press("ArrowRight");
    expect(await tab("Mix").getAttribute("aria-selected")).toBe("true");
    await tab("Mix").press("End");
    expect(await tab("Compare").getAttribute("aria-selected")).toBe("true");
    await tab("Compare").press("Home");
    await drawn(page);
    expect(await heading()).toBe("cross");
  });

  it("says which back-end runs, how it did, and lets another be chosen", async () => {
    await page.getByRole("button", { name: /Back-end and model/ }).click();
    const dialog = page.getByRole("dialog", { name: "Back-end and model" });
    const words = await dialog.innerText();
    expect(words).toMatch(/Back-end\s+(WebGPU|WebGL|WebAssembly) \(tfjs/);
    expect(words).toMatch(/Self-test\s+passed: \d+ pictures compared, the largest difference of a pixel is \d/);
    expect(words).toMatch(/a picture, the middle of the last \d+/);
    expect(words).toMatch(/Fingerprint\s+[0-9a-f]{12}/);
    await dialog.getByRole("combobox", { name: "Compute with" }).selectOption("WebAssembly");
    await drawn(page);
    expect(await page.getByRole("button", { name: /Back-end and model/ }).innerText()).toContain("WebAssembly");
  });
});
