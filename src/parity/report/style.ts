import { PLOT_STYLE } from "./style-plots.js";
import { TABLE_STYLE } from "./style-tables.js";

/** Colours by use; each pair of ink and ground has a contrast of at least 4.5 (WCAG 2.2, 1.4.3), light and dark. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --ink: #1f1c18; --muted: #665f56; --line: #e3ded5; --link: #2a5c96;
  --good: #156845; --good-soft: #e2f1e8; --bad: #a8231b; --bad-soft: #fbe7e4; --open: #665f56; --open-soft: #f0ede7;
  --note: #7a5200; --note-soft: #fbf1d9;
  --f0: #eef6f0; --f1: #d3eadb; --f2: #b3dcc1; --f3: #f5dd9a; --f4: #a8231b; --f4-ink: #ffffff;
  --curve: #2a5c96; --field: #e2f1e8; --edge: #4f9a73;
}`;

const DARK = `
  --paper: #141518; --card: #1c1e22; --ink: #ece9e3; --muted: #a7a198; --line: #34373d; --link: #93bdf0;
  --good: #7ad6a6; --good-soft: #17261e; --bad: #ff9a8e; --bad-soft: #2c1a19; --open: #a7a198; --open-soft: #1c1e22;
  --note: #ecc06c; --note-soft: #33290f;
  --f0: #17221c; --f1: #1a3426; --f2: #1f4a33; --f3: #57471a; --f4: #b3362b; --f4-ink: #ffffff;
  --curve: #93bdf0; --field: #17291f; --edge: #5aa880;`;

const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 400 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
header.page, main, footer.page { max-width: 72rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header.page { padding-top: clamp(2rem, 6vw, 4.5rem); }
h1, .answer { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "TeX Gyre Pagella", Georgia, "Liberation Serif", serif;
  font-weight: 600; letter-spacing: -.012em; text-wrap: balance; }
h1 { font-size: clamp(2rem, 1.3rem + 3vw, 3.25rem); line-height: 1.1; margin: .2rem 0 .8rem; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; margin: 0 0 .5rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .25rem; }
p { margin: 0 0 1rem; max-width: 46rem; text-wrap: pretty; overflow-wrap: anywhere; }
.lede { max-width: none; color: var(--muted); font-size: 1.0625rem; margin-bottom: 2.25rem; }
.eyebrow { text-transform: uppercase; letter-spacing: .09em; font-size: .78rem; font-weight: 650; color: var(--muted); margin: 0; }
.sub { display: block; color: var(--muted); font-size: .82rem; font-weight: 400; line-height: 1.4; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: .5rem 0; color: var(--muted); }
main > section { padding-top: 3.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; }
.verdicts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
.verdict { padding: 1.4rem 1.6rem 1.3rem; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--tone); border-radius: 10px; }
.verdict.good { --tone: var(--good); background: var(--good-soft); } .verdict.bad { --tone: var(--bad); background: var(--bad-soft); }
.verdict.open { --tone: var(--line); background: var(--open-soft); }
.verdict h2 { font-size: 1rem; font-weight: 600; letter-spacing: 0; margin: 0; }
.verdict p { margin: 0; }
.answer { font-size: clamp(2rem, 1.6rem + 1.6vw, 2.75rem); line-height: 1.2; }
.verdict .answer { color: var(--tone); margin: .1rem 0 .4rem; } .verdict.open .answer { color: var(--open); font-size: 1.8rem; }
.note { margin: 1rem 0 0; padding: .8rem 1.1rem; background: var(--note-soft); border-left: 4px solid var(--note); border-radius: 4px; max-width: none; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: 1.75rem 0 0; padding: .8rem 0; border-block: 1px solid var(--line); font-size: .92rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
dl { margin: 0; } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.facts > div { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--muted); overflow-wrap: anywhere; }
.glossary { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1.1rem 2rem; font-size: .95rem; }
.glossary dt { font-weight: 650; } .glossary dd { color: var(--muted); }
details { margin-top: .35rem; } summary { cursor: pointer; color: var(--link); }
footer.page { color: var(--muted); font-size: .88rem; padding-top: 3rem; padding-bottom: 4rem; }
@media (max-width: 40rem) { body { font-size: 1rem; } .facts > div { grid-template-columns: 1fr; gap: 0; } main > section { padding-top: 2.75rem; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }`;

/** Paper: always light, colours kept, nothing cut in two that fits on a page. */
const PRINT = `
@media print {
  @page { margin: 14mm; }
  :root { --paper: #fff; } html { font-size: 9.5pt; } body { font-size: 1rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header.page, main, footer.page { max-width: none; padding-inline: 0; } header.page { padding-top: 0; }
  nav, .skip { display: none; } main > section { padding-top: 1.6rem; }
  h2, h3, thead, figcaption { break-after: avoid; } .verdict, figure, .plot, tr, .facts > div, .glossary > div, .film tbody { break-inside: avoid; }
  .plots { grid-template-columns: 1fr 1fr; } .samples td:nth-child(n) { display: table-cell; }
  .layers { font-size: .8rem; } .layers th, .layers td { padding: .25rem .35rem !important; } .layers tbody td { min-width: 0 !important; } .plain { font-size: .8rem; }
  .scroll { overflow: visible !important; } a { color: inherit; text-decoration: none; }
}`;

export const STYLE = `${COLOURS}
@media screen and (prefers-color-scheme: dark) { :root {${DARK} } }
${PAGE}
${TABLE_STYLE}
${PLOT_STYLE}
${PRINT}`;
