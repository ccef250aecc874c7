import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, html, raw } from "../../../src/parity/report/escape.js";

describe("html", () => {
  it("escapes what is put in, and joins lists", () => {
    expect(html`<p title="${'"'}">${["a<b", html`<i>${"&"}</i>`, undefined, 3]}</p>`.html).toBe(
      '<p title="&quot;">a&lt;b<i>&amp;</i>3</p>',
    );
    expect(html`${raw("<hr>")}`.html).toBe("<hr>");
  });

  it("leaves no markup, no quote and nothing unseen in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeHtml(text);
        for (const character of "<>\"'`\u0000\u0008\u202e") expect(escaped).not.toContain(character);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39|#96);/g, "")).not.toContain("&");
      }),
    );
  });
});
