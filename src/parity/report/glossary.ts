import { type Html, html } from "./escape.js";

const TERMS = [
  [
    "Max abs",
    "The largest absolute difference of any value. Pictures have values from −1 to 1; one step of 8 bits is 0.0078.",
  ],
  [
    "Budget",
    "How far apart two right computations may be, from the rounding of the number type, the length of the sums and the errors of the inputs.",
  ],
  ["Factor", "Max abs divided by the budget. Up to 1, rounding explains the difference."],
  ["ULP", "Units in the last place: how many representable numbers lie between two values."],
  ["Cosine", "Of the angle between the two layers taken as vectors: 1 is the same direction."],
  ["SNR", "Signal to noise: the layer’s power over the difference’s, in decibels. float32 alone has about 150 dB."],
  ["PSNR", "Peak signal to noise of pictures, in decibels. Above 60 dB nobody sees a difference."],
  ["SSIM", "Structural similarity of pictures: 1 is the same."],
] as const;

export function renderGlossary(): Html {
  return html`<dl class="glossary">${TERMS.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}
