// Charts as plain SVG that reads on light and on dark pages, also when it is shown as a picture.
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2937}.title{font-weight:600;font-size:15px}.tick{font-size:12px;fill:#6b7280}
.grid{stroke:#d1d5db;stroke-width:1}.bar.ours{fill:#2563eb}.bar.rivals{fill:#d97706}.bar.floor{fill:#9ca3af}
.line{fill:none;stroke-width:2}.line.ours{stroke:#2563eb}.line.rivals{stroke:#d97706}.line.floor{stroke:#9ca3af;stroke-dasharray:4 3}
@media (prefers-color-scheme:dark){text{fill:#e5e7eb}.tick{fill:#9ca3af}.grid{stroke:#374151}.bar.ours{fill:#60a5fa}.bar.rivals{fill:#f59e0b}
.bar.floor{fill:#6b7280}.line.ours{stroke:#60a5fa}.line.rivals{stroke:#f59e0b}}`;
const WIDTH = 860;
/** Room for the names at the left of bars, and at the right of lines and bars. */
const LEFT = 320;
const RIGHT = 70;

/** Whole powers of ten around all values, and the place of a value between them. */
export function logAxis(values, start, end) {
  const exponents = values.map(Math.log10);
  const low = Math.floor(Math.min(...exponents));
  const high = Math.max(low + 1, Math.ceil(Math.max(...exponents)));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const place = (value) => start + ((Math.log10(value) - low) / (high - low)) * (end - start);
  return { ticks: ticks.map((tick) => Number(tick.toPrecision(1))), place };
}

/** Horizontal bars on a logarithmic axis: rows { label, value, text, group }. */
export function barChart(title, rows) {
  const step = 26;
  const bottom = 50 + rows.length * step;
  const { ticks, place } = logAxis(
    rows.map(({ value }) => value),
    LEFT,
    WIDTH - RIGHT,
  );
  const bars = rows.map(({ label, value, text, group }, index) => {
    const y = 46 + index * step;
    const width = Math.max(1, place(value) - LEFT);
    return `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${escaped(label)}</text><rect class="bar ${group}" x="${LEFT}" y="${y}" width="${round(width)}" height="18"/><text x="${round(LEFT + width + 6)}" y="${y + 13}">${escaped(text)}</text>`;
  });
  const grid = ticks.map((tick) => {
    const x = round(place(tick));
    return `<line class="grid" x1="${x}" x2="${x}" y1="40" y2="${bottom}"/><text class="tick" x="${x}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`;
  });
  return svg(bottom + 26, title, [...grid, ...bars]);
}

/** Lines over named places on a logarithmic axis: series { label, group, values }, undefined where there is no value. */
export function lineChart(title, places, series) {
  const [left, right, top, bottom] = [60, WIDTH - 300, 44, 380];
  const x = (index) => left + 20 + (index * (right - left - 40)) / Math.max(1, places.length - 1);
  const known = series
    .map((one) => ({ ...one, points: pointsOf(one.values) }))
    .filter(({ points }) => points.length > 0);
  const { ticks, place } = logAxis(
    known.flatMap(({ points }) => points.map(([, value]) => value)),
    bottom,
    top,
  );
  const grid = ticks.map((tick) => {
    const y = round(place(tick));
    return `<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/><text class="tick" x="${left - 6}" y="${y + 4}" text-anchor="end">${tick}</text>`;
  });
  const names = places.map(
    (name, index) =>
      `<text class="tick" transform="translate(${round(x(index))} ${bottom + 16}) rotate(25)">${escaped(name)}</text>`,
  );
  const labels = spread(known.map(({ points }) => place(points.at(-1)[1]) + 4));
  const lines = known.map(({ label, group, points }, index) => {
    const [last] = points.at(-1);
    const dots = points.map(([at, value]) => `${round(x(at))},${round(place(value))}`);
    const marks = dots.map(
      (dot) => `<circle class="bar ${group}" cx="${dot.split(",")[0]}" cy="${dot.split(",")[1]}" r="3"/>`,
    );
    const name = `<text x="${round(Math.max(right, x(last)) + 8)}" y="${round(labels[index])}">${escaped(label)}</text>`;
    return `<polyline class="line ${group}" points="${dots.join(" ")}"/>${marks.join("")}${name}`;
  });
  return svg(bottom + 100, title, [...grid, ...names, ...lines]);
}

/** Moves labels down until none lies on another; the order of their heights stays. */
export function spread(heights, distance = 16) {
  const moved = [...heights];
  const order = heights.map((_, index) => index).toSorted((a, b) => heights[a] - heights[b]);
  order.forEach((index, rank) => {
    if (rank > 0) moved[index] = Math.max(moved[index], moved[order[rank - 1]] + distance);
  });
  return moved;
}

function pointsOf(values) {
  return values.flatMap((value, index) => (value > 0 ? [[index, value]] : []));
}

function svg(height, title, parts) {
  const heading = `<text class="title" x="16" y="24">${escaped(title)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">\n<style>${STYLE}</style>\n${[heading, ...parts].join("\n")}\n</svg>\n`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** To a tenth: the same results give the same file. */
function round(value) {
  return Math.round(value * 10) / 10;
}
