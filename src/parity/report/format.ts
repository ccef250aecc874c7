/** A measured number in few characters: `0`, `0.0123`, `2.4e-6`, `∞`, `NaN`. */
export function formatNumber(value: number, digits = 2): string {
  if (value === 0) return "0";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const magnitude = Math.abs(value);
  const text =
    magnitude >= 1e-2 && magnitude < 1e4 ? trimmed(value.toPrecision(digits + 1)) : value.toExponential(digits - 1);
  return text.replace(/^-/, "−").replace("e+", "e");
}

/** How much of its budget a difference uses: 1 is all of it. `0.12`, `<0.001`, `3.4`, `1.2e5`. */
export function formatFactor(factor: number): string {
  if (factor > 0 && factor < 0.001) return "<0.001";
  if (factor === 0) return "0";
  if (factor < 0.01) return factor.toFixed(3);
  if (factor <= 1) return factor.toFixed(2);
  // Rounded up, so that what is over its budget never reads as 1.
  if (factor < 10) return (Math.ceil(factor * 100 - 1e-9) / 100).toFixed(2);
  return factor < 1000 ? factor.toFixed(0) : formatNumber(factor);
}

/** For cosines and similarities, which say something only by how little 1 lacks: `0.97`, `1 − 2.3e-12`. */
export function formatNearOne(value: number): string {
  return value > 0.99 && value < 1 ? `1 − ${formatNumber(1 - value)}` : formatNumber(value, 4);
}

export function formatDecibels(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} dB` : formatNumber(value);
}

/** 1234567 as `1,234,567`. */
export function formatCount(value: number): string {
  return value < 1e15 ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : formatNumber(value);
}

export function formatExtents(shape: readonly number[]): string {
  return shape.join(" × ");
}

/** `1 layer`, `3 layers` */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listed(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) return "";
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
