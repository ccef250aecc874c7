import { expect, test } from "vitest";
import type { PlannedPrecision } from "../../src/precision/plan-for.js";
import { compareQuality } from "../../src/precision/quality.js";
import { qualityCases } from "../../src/precision/quality-cases.js";
import { renderQualityPage } from "../../src/precision/quality-page.js";
import { worstPictures } from "../../src/precision/worst-pictures.js";

const cases = qualityCases({ classes: 10 }, { count: 9, seed: 5 });
const wanted = { shape: [9, 8, 8, 3], data: Float32Array.from({ length: 9 * 192 }, (_, at) => Math.sin(at)) };
const found = { shape: wanted.shape, data: wanted.data.map((value, at) => value + (at < 192 * 4 ? 0.001 : 0.1)) };

const planned: PlannedPrecision = {
  request: { quality: 40 },
  plan: new Map([
    ["stem.w", "int8"],
    ["stem.b", "float32"],
    ["rgb.w", "float16"],
  ]),
  bytes: 300,
  float32Bytes: 1000,
  spared: [{ parameter: "rgb.w", precision: "float16", reason: "int8: <too wide>" }],
  quality: compareQuality(wanted, found, cases),
  pictures: { cases, wanted, found },
  sensitivity: [
    {
      part: "stem.w",
      parameters: ["stem.w"],
      choices: [{ precision: "int8", bytesSaved: 700, error: 1.23456e-5, psnr: 55.123, measured: true }],
    },
  ],
  backend: "tfjs-wasm",
};

test("the page holds everything, shows the worst pictures first, and escapes what is foreign", () => {
  const pictures = worstPictures({ cases, wanted, found }, 6);
  expect(
    pictures
      .slice(0, 5)
      .map(({ index }) => index)
      .sort(),
  ).toEqual([4, 5, 6, 7, 8]);
  const page = renderQualityPage({
    title: "mini <b>",
    resolution: 8,
    labels: Array.from({ length: 10 }, (_, index) => `name & ${index}`),
    entries: [{ format: "tfjs", planned }],
  });
  expect(page).toContain("mini &lt;b&gt;");
  expect(page).toContain("name &amp; ");
  expect(page).toContain("int8: &lt;too wide&gt;");
  expect(page).toContain("30.0 % of float32");
  expect(page).toContain("at least 40.0 dB");
  expect(page.match(/<img /g)).toHaveLength(18);
  expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
  expect(page).not.toContain("<script");
});
