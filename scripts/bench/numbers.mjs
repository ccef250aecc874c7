/** Seconds: hundredths below ten, tenths above. */
export function seconds(value) {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

export function mebibytes(bytes) {
  return String(Math.round(bytes / 2 ** 20));
}

/** A dash for what was not measured; two digits and no more. */
export function ratio(value) {
  if (!Number.isFinite(value)) return "–";
  return value >= 10 ? String(Math.round(value)) : value.toPrecision(2);
}

/** A Markdown table; the first column is text, the others are numbers unless `text` names them. */
export function markdownTable(header, rows, text = []) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = header.map((name, index) => (index === 0 || text.includes(name) ? "---" : "---:"));
  return [line(header), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}
