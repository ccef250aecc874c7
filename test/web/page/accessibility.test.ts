import axeCore from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawn, openSite, type Site } from "./site.js";

declare global {
  /** Where axe's own script puts it. */
  var axe: typeof axeCore;
}

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

const VIEWS = ["view=samples&count=6", "view=mix&count=6", "view=morph&steps=6", "view=compare&count=3"];

/** Faults that keep people out, by axe's own measure. */
async function grave(page: Page): Promise<readonly string[]> {
  const loaded = await page.evaluate(() => "axe" in window);
  if (!loaded) await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  });
}

describe("axe finds nothing serious", () => {
  it.each(["light", "dark"] as const)("%s", async (colorScheme) => {
    const page = await site.visit(`#${VIEWS[0]}`, { colorScheme, reducedMotion: "reduce" });
    for (const view of VIEWS) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await drawn(page);
      expect(await grave(page), view).toEqual([]);
    }
    await page
      .getByRole("button", { name: /Enlarge/ })
      .first()
      .click();
    expect(await grave(page), "zoom").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Back-end and model/ }).click();
    expect(await grave(page), "status").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Your model" }).click();
    expect(await grave(page), "own model").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Class" }).click();
    expect(await grave(page), "picker").toEqual([]);
    await page.context().close();
  });

  it("while it loads and when it fails", async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    await page.route("**/tfjs/*", () => undefined);
    await page.goto(site.address);
    await page.getByRole("progressbar").waitFor();
    expect(await grave(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Cancelled" }).waitFor();
    expect(await grave(page)).toEqual([]);
    await context.close();
  });
});

describe("with the keyboard alone", () => {
  it("everything is reached, seen and left again", async () => {
    const page = await site.visit("#view=samples&count=2");
    await drawn(page);
    const reached: string[] = [];
    for (let presses = 0; presses < 40 && !(reached.length > 1 && reached.at(-1) === reached[0]); presses++) {
      await page.keyboard.press("Tab");
      reached.push(await focused(page));
    }
    expect(reached.slice(0, -1).filter((name) => name !== "")).toEqual([
      "Skip to the pictures",
      "Samples",
      "Back-end and model",
      "Your model",
      "Dark theme",
      "Re-roll",
      "Download all",
      "Copy link",
      "Enlarge",
      "Enlarge",
      "Class",
      "Truncation",
      "Seed",
      "Re-roll",
      "Pictures",
    ]);
    await page.context().close();
  });

  it("a picture is chosen, drawn, looked at, and the focus comes back", async () => {
    const page = await site.visit("#view=samples&count=2");
    await drawn(page);
    await page.getByRole("combobox", { name: "Class" }).focus();
    await page.keyboard.type("star");
    await page.keyboard.press("Enter");
    await drawn(page);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("star");
    await page.getByRole("slider", { name: "Truncation" }).focus();
    await page.keyboard.press("ArrowRight");
    await drawn(page);
    await page.getByRole("button", { name: /Enlarge: star, seed 42, picture 2.*0\.51/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "star" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("Enlarge");
    await page.context().close();
  });
});

/** What has the focus, in short; "" for nothing. Fails where the focus cannot be seen. */
async function focused(page: Page): Promise<string> {
  const found = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: "", ring: "solid" };
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    const name = element.getAttribute("aria-label") ?? label ?? element.textContent ?? "";
    const { outlineStyle } = getComputedStyle(element);
    return { name: name.replace(/\s+/g, " ").trim().split(":")[0] ?? "", ring: outlineStyle };
  });
  expect(found.ring, found.name).not.toBe("none");
  return found.name;
}

describe("on the smallest telephone", () => {
  it("nothing is wider than 320 pixels", async () => {
    const page = await site.visit(`#${VIEWS[0]}`, { viewport: { width: 320, height: 640 } });
    for (const view of [...VIEWS, "view=mix&mix=0:0.5,1:0.25,2:0.25&zoom=1"]) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await drawn(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(320);
    }
    await page.context().close();
  });

  it("and nothing moves when the pictures come", async () => {
    const context = await site.browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ("value" in entry && "shift" in window)
            Object.assign(window, { shift: Number(window.shift) + Number(entry.value) });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(site.address);
    await drawn(page);
    const shift = await page.evaluate(() => ("shift" in window ? Number(window.shift) : Number.NaN));
    // Below 0.1 is what Google calls good.
    expect(shift).toBeLessThan(0.1);
    await context.close();
  });
});
