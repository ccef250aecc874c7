/** Figures drawn as SVG inside the page, so that they follow its colours. */
export const PLOT_STYLE = `
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.25rem; margin: 1.25rem 0; }
.plot { margin: 0; padding: 1rem 1.1rem .6rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; max-width: 46rem; }
.plot.wide { max-width: none; margin: 1.25rem 0; }
.plot figcaption { font-weight: 600; font-size: .95rem; margin-bottom: .6rem; overflow-wrap: anywhere; }
.plot svg { display: block; width: 100%; height: auto; overflow: visible; }
.plot text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; fill: var(--muted); }
.plot .power { font-size: 10px; } .plot .strong { font-weight: 600; fill: var(--good); }
.plot .grid { stroke: var(--line); stroke-width: 1; } .plot .axis { stroke: var(--muted); stroke-width: 1; }
.field { fill: var(--field); } polyline { fill: none; stroke-linejoin: round; }
polyline.budget, line.budget { stroke: var(--edge); stroke-width: 2; stroke-dasharray: 6 4; }
polyline.line { stroke: var(--curve); stroke-width: 2.25; }
.dot { fill: var(--curve); stroke: var(--card); stroke-width: 1.5; } .dot.zero { fill: var(--card); stroke: var(--curve); }
.dot.over { fill: var(--bad); } .bar { fill: var(--curve); opacity: .85; } .bar.over { fill: var(--bad); opacity: 1; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; font-size: .85rem; color: var(--muted); max-width: none; }
.key svg { width: 2rem; height: .8rem; vertical-align: -.1rem; margin-right: .4rem; }
.strip { list-style: none; display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: .4rem; padding: 0; margin: 1.25rem 0; }
.strip .sub { text-align: center; margin-top: .2rem; }
@media (max-width: 40rem) { .plot text { font-size: 17px; } .plot .power { font-size: 13px; } .plot.wide text { font-size: 13px; } .plot.wide .power { font-size: 10px; } .plot { padding: .8rem .7rem .4rem; } .plot.wide { overflow-x: auto; } .plot.wide svg { min-width: 40rem; } .strip { grid-template-columns: repeat(5, 1fr); } }`;
