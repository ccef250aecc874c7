import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, openSite, type Site, shownPictures } from "./site.js";

const BAKED = 0.4;
let site: Site;
beforeAll(async () => {
  site = await openSite(BAKED);
});
afterEach(() => site.server.heal());
afterAll(() => site[Symbol.asyncDispose]());

const card = (page: Page) => page.locator("#loading");

async function failed(page: Page, heading: string): Promise<string> {
  await card(page).getByRole("heading", { name: heading }).waitFor();
  return card(page).innerText();
}

describe("the page says in words", () => {
  it("that there is no model, and loads it when it is there again", async () => {
    site.server.fail("manifest.json", { kind: "status", status: 404 });
    const page = await site.visit("#count=2");
    expect(await failed(page, "The model could not be loaded")).toMatch(/manifest\.json/);
    site.server.heal();
    await page.getByRole("button", { name: "Try again" }).click();
    expect(await shownPictures(page)).toHaveLength(2);
    expect(await card(page).isVisible()).toBe(false);
    await page.context().close();
  });

  it("that a file is damaged", async () => {
    site.server.fail(".bin", { kind: "corrupt" });
    const page = await site.visit();
    expect(await failed(page, "The model could not be loaded")).toMatch(
      /\.bin: SHA-256: expected \w{12}…, found \w{12}…/,
    );
    expect(await page.locator("#notices").innerText()).toBe("");
    await page.context().close();
  });

  it("that this device is offline", async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    await page.route("**/manifest.json", async (route) => {
      await context.setOffline(true);
      await route.abort();
    });
    await page.goto(site.address);
    expect(await failed(page, "You are offline")).toContain("not yet on this device");
    await context.close();
  });

  it("how far the download is; it can be cancelled and taken up again", async () => {
    // So slowly that a busy machine gets to the button before the download is over.
    site.server.fail(".bin", { kind: "slow", bytes: 20_000, wait: 150 });
    const page = await site.visit("#count=1");
    await card(page)
      .getByText(/^\d.* of \d\.\d MB$/)
      .waitFor();
    await card(page)
      .getByText(/a second · .* left/)
      .waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await failed(page, "Cancelled")).toContain("it goes on from there");
    site.server.heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await drawn(page);
    await page.context().close();
  });

  it("that the truncation cannot be chosen, where it is baked in", async () => {
    const page = await site.visit("#truncation=0.9&count=1");
    await drawn(page);
    expect(await page.getByRole("slider", { name: "Truncation" }).isDisabled()).toBe(true);
    expect(await page.locator("#controls").innerText()).toContain("This model was made for truncation 0.4 alone.");
    expect(await page.locator("#notices").innerText()).toContain("This model has no truncation 0.9");
    await page.getByRole("tab", { name: "Compare" }).click();
    expect(await page.locator("#stage").innerText()).toContain("So both sides are alike.");
    await page.context().close();
  });
});

describe("the visitor's own model", () => {
  it("what is none is refused in words, and the way back leads to the site's model", async () => {
    const page = await site.visit("#count=1");
    await drawn(page);
    const transfer = await page.evaluateHandle(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(["Dear diary, "], "notes.txt"));
      return dropped;
    });
    await page.dispatchEvent("body", "dragenter", { dataTransfer: transfer });
    await page.getByText("Drop a model to port it, here in your browser").waitFor();
    await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
    expect(await failed(page, "notes.txt could not be ported")).toMatch(/notes\.txt/);
    await page.getByRole("button", { name: "Back to this site’s model" }).click();
    expect(await shownPictures(page)).toHaveLength(1);
    await page.context().close();
  });

  it("a TF Hub archive is ported here and drawn, and the link knows it", async () => {
    const page = await site.visit("#view=samples&class=8&count=1");
    const [hosted] = await shownPictures(page);
    await page.getByRole("button", { name: "Your model" }).click();
    await page.locator("#own-files").setInputFiles(fixture("biggan-deep-mini.tar.gz"));
    await page.locator("#model-line", { hasText: "biggan-deep-mini" }).waitFor();
    const [own] = await shownPictures(page);
    expect(own).not.toBe(hosted);
    await page.getByRole("button", { name: /Back-end and model/ }).click();
    const dialog = page.getByRole("dialog", { name: "Back-end and model" });
    expect(await dialog.innerText()).toMatch(/Mapping\s+all \d+ parameters filled from \d+ tensors/);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Your model" }).click();
    await page.getByRole("button", { name: /^Back to / }).click();
    expect(await shownPictures(page)).toEqual([hosted]);
    await page.context().close();
  });
});
