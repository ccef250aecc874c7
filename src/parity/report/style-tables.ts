import { MAGMA } from "../heat-map.js";

/** Tables, and the pictures in them. */
export const TABLE_STYLE = `
.scroll { overflow-x: auto; margin: 1.25rem 0; scrollbar-width: thin; }
table { border-collapse: separate; border-spacing: 0; }
caption { text-align: left; color: var(--muted); font-size: .9rem; padding-bottom: .4rem; }
th { font-weight: 600; text-align: left; }
img { display: block; width: 100%; height: auto; border-radius: 4px; background: var(--open-soft); } img.px { image-rendering: pixelated; }
.plain { width: 100%; font-size: .94rem; }
.plain th, .plain td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.plain thead th { color: var(--muted); font-size: .82rem; font-weight: 600; } .plain code { white-space: pre-wrap; }
.number { text-align: right !important; white-space: nowrap; }
td.good, tr.good th { color: var(--good); } td.bad { color: var(--bad); }

.samples { width: 100%; table-layout: fixed; border-spacing: 0 .4rem; }
.samples th { width: 7.5rem; font-weight: 500; font-size: .95rem; padding-right: .75rem; overflow-wrap: anywhere; line-height: 1.25; }
.samples td { padding: 0 .2rem; }

.strips { margin-inline: -.3rem; } .film { width: 100%; table-layout: fixed; border-spacing: .3rem 0; }
.film td { padding: 0; vertical-align: top; } .film th { font-weight: 400; vertical-align: bottom; padding: .2rem 0; line-height: 1.3; }
.film .name { font-weight: 600; overflow-wrap: anywhere; } .film .label th { padding-top: 1rem; }
.film .label .sub { display: inline; margin-left: .5rem; }
.film .numbers td { font-size: .82rem; color: var(--muted); padding-top: .25rem; }
.scale { color: var(--muted); font-size: .82rem; white-space: nowrap; margin-left: .5rem; }
.ramp { background: linear-gradient(to right, ${MAGMA.map((colour) => `rgb(${colour.join(" ")})`).join(", ")}); display: inline-block; width: 6rem; height: .6rem; border-radius: 3px; vertical-align: -.02rem; margin: 0 .25rem; }

.layers { font-size: .95rem; border-spacing: 3px; margin-left: -3px; }
.layers th, .layers td { padding: .42rem .8rem; } .layers thead th { vertical-align: bottom; font-size: .88rem; } .layers thead th[scope=col] { text-align: right; } .layers thead th:first-child { text-align: left; padding-left: 0; }
.layers thead th[scope=colgroup] { border-bottom: 2px solid var(--line); max-width: 18rem; overflow-wrap: anywhere; }
.layers tbody th { padding-left: 0; white-space: nowrap; background: var(--paper); } 
.layers tbody td { text-align: right; border-radius: 5px; min-width: 6.2rem; line-height: 1.25; }
.layers .factor { font-weight: 650; font-size: 1.02rem; } .layers td .sub { font-size: .78rem; color: inherit; opacity: .8; }
.layers tfoot th, .layers tfoot td { padding-top: .7rem; font-size: .88rem; } .layers tfoot td { text-align: right; font-weight: 600; white-space: nowrap; } .layers tfoot th { padding-left: 0; }
.layers .none { color: var(--muted); text-align: center; }
.f0 { background: var(--f0); } .f1 { background: var(--f1); } .f2 { background: var(--f2); } .f3 { background: var(--f3); }
.f4 { background: var(--f4); color: var(--f4-ink); } .layers td.f4 .sub { opacity: 1; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-size: .85rem; color: var(--muted); max-width: none; }
.swatch { display: inline-block; width: 1.1rem; height: .8rem; border-radius: 3px; margin-right: .4rem; border: 1px solid var(--line); vertical-align: -.05rem; }

.cause { padding: 1.2rem 1.5rem; border: 1px solid var(--line); border-left: 5px solid var(--bad); border-radius: 8px; background: var(--card); }
.cause .answer { font-size: 1.5rem; margin: .2rem 0 .5rem; max-width: none; } .cause p:last-child { margin: 0; }
.findings th { font-weight: 500; } .findings tr.good th { font-weight: 650; } .findings .sub { max-width: 34rem; }
.findings tr.good td, .findings tr.good th { background: var(--good-soft); }
.track { position: relative; width: 34%; min-width: 8rem; }
.meter { display: block; height: .7rem; margin-top: .45rem; width: var(--part); background: var(--curve); border-radius: 3px; opacity: .75; }
tr.good .meter { background: var(--good); }
.mark { position: absolute; left: var(--part); top: .35rem; bottom: .35rem; border-left: 2px dashed var(--edge); }
@media (max-width: 40rem) {
  .samples th { width: 5.2rem; font-size: .8rem; padding-right: .3rem; } .samples td { padding: 0 .1rem; } .samples td:nth-child(n+8) { display: none; }
  .film th { font-size: .82rem; } .film .sub, .film .numbers td { font-size: .7rem; } .film { border-spacing: .15rem 0; } .strips { margin-inline: -.15rem; }
  .film .label .sub { display: block; margin: 0; } .scale { margin-left: 0; display: block; }
  .layers tbody th { position: sticky; left: 0; z-index: 1; } .layers tbody td { min-width: 5rem; padding: .4rem .5rem; }
}`;
