import { join } from "node:path";
import { expect, it } from "vitest";
import { startPageServer } from "../../../src/cli/serve/server.js";
import { launchChromium } from "../../helpers/chromium.js";
import { fixture } from "../../helpers/fixtures.js";
import { bigganHere } from "../../helpers/program.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

it("from a module to a page with pictures: convert, serve, open", async () => {
  const folder = join(await temporaryFolder(), "export");
  expect((await bigganHere(["convert", fixture("biggan-mini.tar.gz"), "-o", folder])).code).toBe(0);
  await using server = await startPageServer(folder, 0);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("response", (response) => {
      if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(server.address);
    await page.locator("#stage[aria-busy=false]").waitFor();
    expect(await page.evaluate<boolean>("crossOriginIsolated")).toBe(true);
    const colours = `(() => {
      const canvas = document.querySelector("#stage canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data).size;
    })()`;
    expect(await page.evaluate<number>(colours)).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  } finally {
    await browser.close();
  }
});
