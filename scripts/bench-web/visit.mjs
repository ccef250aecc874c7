import { openBrowser } from "./browser.mjs";
import { longestTask } from "./long-tasks.mjs";
import { peakMemory } from "./peak-memory.mjs";
import { startTrace } from "./trace.mjs";

/** A visit that has brought no picture by then has failed. */
const PATIENCE_MS = 300_000;

/**
 * One visit with a browser of its own: from the navigation to the first picture, some pictures more, and what it took. `trace`: the longest
 * task of the page's main thread is found as well; writing that down takes time, so such a visit's times are not compared with others'.
 * Throws an Error with the page's words where no picture comes.
 */
export async function visit(row, site, profile, { pictures, trace = false }) {
  const { context, page } = await openBrowser(profile, row);
  const told = [];
  page.on("pageerror", (error) => told.push(error.message));
  try {
    const tracing = trace ? await startTrace(context, page) : undefined;
    const isDemo = row.page === "demo";
    const address = `${site.origin}/${isDemo ? "" : "bench-visit.html"}`;
    const found = await (isDemo ? seeDemo(page, address) : seeLibrary(page, address, { ...row, pictures }));
    const tasks = tracing && longestTask(await tracing.stop(), address);
    return { ...found, ...peakMemory(), ...(tasks && { tasks }) };
  } catch (error) {
    throw told.length > 0 ? new Error(told[0], { cause: error }) : error;
  } finally {
    await context.close();
  }
}

async function seeLibrary(page, address, { options, pictures }) {
  await page.goto(`${address}#${encodeURIComponent(JSON.stringify(options))}`);
  const found = await within(page.evaluate(() => globalThis.visited));
  if (found.error !== undefined) throw new Error(found.error);
  const { stages, notices, loaded, drawn, model, backend, isolated } = found;
  const times = await within(page.evaluate((count) => globalThis.drawMore(count), pictures));
  return { firstPicture: drawn, load: loaded, stages, notices, pictures: times, model, backend, isolated };
}

/** The demo page draws a grid by itself. */
async function seeDemo(page, address) {
  await page.addInitScript(() => {
    const seen = { first: undefined };
    globalThis.seenByBench = seen;
    new MutationObserver((_, observer) => {
      if (document.querySelector(".tile.drawn") === null) return;
      seen.first = performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
  });
  await page.goto(address);
  await page.waitForSelector("#stage[aria-busy=false]", { timeout: PATIENCE_MS });
  const firstPicture = await page.evaluate(() => globalThis.seenByBench.first);
  const words = await page.evaluate(() => document.querySelector("#status-words")?.textContent);
  return { firstPicture, words };
}

function within(promise) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no picture within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS).unref();
  });
  return Promise.race([promise, late]);
}
