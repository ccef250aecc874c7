import { type Html, html } from "./escape.js";

/** Where a plot's drawing area lies, in the units of its view box. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Scale = (value: number) => number;

export function linearScale(from: number, to: number, start: number, end: number): Scale {
  const span = to === from ? 1 : to - from;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Whole powers of ten around all positive, finite values; a decade at least. */
export function decadesAround(values: readonly number[]): readonly [low: number, high: number] {
  const exponents = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  if (exponents.length === 0) return [-1, 0];
  const low = Math.floor(Math.min(...exponents));
  return [low, Math.max(low + 1, Math.ceil(Math.max(...exponents)))];
}

/** Logarithmic; zero and less lie at the low end, infinity and NaN at the high one, so that a plot shows them. */
export function logScale([low, high]: readonly [number, number], start: number, end: number): Scale {
  const place = linearScale(low, high, start, end);
  return (value) => {
    if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return end;
    return value > 0 ? place(Math.min(high, Math.max(low, Math.log10(value)))) : start;
  };
}

/** Grid lines and labels at powers of ten, at most about six. */
export function powersAxis([low, high]: readonly [number, number], y: Scale, { left, right }: Frame): Html {
  const step = Math.ceil((high - low) / 6);
  const powers = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
  return html`${powers.map((power) => {
    const at = place(y(10 ** power));
    return html`<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 6}" y="${at}" dy="0.32em" text-anchor="end">10<tspan class="power" dy="-0.4em">${minus(power)}</tspan></text>`;
  })}`;
}

export function minus(power: number): string {
  return String(power).replace("-", "−");
}

/** A coordinate, to a tenth: the same data gives the same text. Never NaN, which would lose the whole shape. */
export function place(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : "0";
}

export function polyline(points: readonly (readonly [x: number, y: number])[], className: string): Html {
  return html`<polyline class="${className}" points="${pointList(points)}"/>`;
}

export function pointList(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y]) => `${place(x)},${place(y)}`).join(" ");
}
