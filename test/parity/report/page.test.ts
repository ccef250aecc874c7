import { describe, expect, it } from "vitest";
import { renderReport } from "../../../src/parity/report/page.js";
import { exampleReport } from "./example-report.js";

const HOSTILE = `</style></script><script>alert(1)</script><img src=x onerror="alert(2)">' onload='alert(3)\u0000\u202e&amp;\ud800`;

describe("the report page", () => {
  it("has its sections in order", () => {
    const titles = [...renderReport(exampleReport()).matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      "Is the port right?",
      "Is the runtime right?",
      "What it draws",
      "Side by side",
      "Layer by layer",
      "How errors grow",
      "How differences spread",
      "Through every truncation",
      "The module’s own memory",
      "Diagnosis",
      "Not run",
      "Where it comes from",
      "What the measures mean",
    ]);
  });

  it("leaves out what there is nothing to say about", () => {
    const { facts, images } = exampleReport();
    const { sweep: _sweep, diagnosis: _diagnosis, moduleState: _state, samples: _samples, ...rest } = facts;
    const page = renderReport({ facts: { ...rest, notRun: [], pictures: [] }, images });
    expect(page).not.toMatch(/id="(samples|pictures|sweep|module|diagnosis|not-run)"/);
    expect(page).toContain('id="layers"');
  });

  it("escapes names that come from files", () => {
    const page = renderReport(exampleReport({ name: HOSTILE, broken: true }));
    expect(page).not.toContain("<script");
    expect(page).not.toContain("<img src=x");
    expect(page).not.toContain("</style></script>");
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    for (const unseen of ["\u0000", "\u202e", "\ud800"]) expect(page).not.toContain(unseen);
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) expect(tag).not.toMatch(/\son[a-z]+\s*=\s*["']?alert/);
  });

  it("cuts a name of a megabyte", () => {
    const length = renderReport(exampleReport()).length;
    expect(renderReport(exampleReport({ name: "n".repeat(1_000_000) })).length).toBeLessThan(length + 200_000);
  });

  it("needs nothing from outside", () => {
    const page = renderReport(exampleReport());
    expect(page).not.toMatch(/https?:|\burl\(|@import|<link|<script|<iframe/);
    const sources = [...page.matchAll(/\s(?:src|href)="([^"]{0,30})/g)].map(([, target]) => target);
    expect(sources.length).toBeGreaterThan(10);
    for (const target of sources) expect(target).toMatch(/^(#|data:image\/png;base64,)/);
  });

  it("is the same for the same data", () => {
    expect(renderReport(exampleReport({ broken: true }))).toBe(renderReport(exampleReport({ broken: true })));
  });

  it("draws finite numbers only, even of NaN and infinity", () => {
    const page = renderReport(exampleReport({ broken: true }));
    const drawings = page.match(/<svg.*?<\/svg>/gs) ?? [];
    expect(drawings.length).toBeGreaterThan(5);
    for (const drawing of drawings) {
      for (const [, value = ""] of drawing.matchAll(/\s(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|points)="([^"]*)"/g)) {
        for (const number of value.split(/[ ,]/)) expect(number).toMatch(/^-?\d+(\.\d+)?$/);
      }
    }
    expect(page).not.toMatch(/--part:[^;"]*(NaN|Infinity)/);
  });

  it("describes every picture and plot, and heads every table", () => {
    const page = renderReport(exampleReport());
    for (const [tag] of page.matchAll(/<img[^>]*>/g)) expect(tag).toMatch(/\salt="[^"]+"/);
    for (const [tag] of page.matchAll(/<svg[^>]*>/g)) expect(tag).toMatch(/role="img" aria-label="[^"]+"/);
    for (const [table] of page.matchAll(/<table.*?<\/table>/gs)) expect(table).toContain("scope=");
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it("says no when something is not explained, and where", () => {
    const page = renderReport(exampleReport({ broken: true }));
    expect(page).toMatch(
      /<section class="verdict bad">\s*<h2>Is the runtime right\?<\/h2>\s*<p class="answer">No<\/p>/,
    );
    expect(page).toContain("leaves our graph in float64 at block1: off by 0.25, where rounding explains 3.0e-6.");
  });
});
