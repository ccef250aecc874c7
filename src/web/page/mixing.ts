import { LIMITS, type MixPart } from "./state.js";

const DIGITS = 100;

/** The weights' sum, rounded as it is shown. */
export function weightSum(mix: readonly MixPart[]): number {
  return Math.round(mix.reduce((sum, { weight }) => sum + weight, 0) * DIGITS) / DIGITS;
}

/** The same proportions with weights that add up to exactly 1, in hundredths; equal ones where all are 0. */
export function normalise(mix: readonly MixPart[]): readonly MixPart[] {
  const sum = mix.reduce((total, { weight }) => total + weight, 0);
  const exact = mix.map(({ weight }) => (sum === 0 ? DIGITS / mix.length : (weight / sum) * DIGITS));
  const cut = exact.map(Math.floor);
  const missing = DIGITS - cut.reduce((total, value) => total + value, 0);
  // The hundredths that rounding down lost go to those that lost most.
  const losers = exact
    .map((value, index) => ({ index, lost: value - Math.floor(value) }))
    .sort((a, b) => b.lost - a.lost)
    .slice(0, Math.round(missing));
  const raised = new Set(losers.map(({ index }) => index));
  return mix.map((one, index) => ({ ...one, weight: ((cut[index] ?? 0) + (raised.has(index) ? 1 : 0)) / DIGITS }));
}

/** One more class, the first that the mix has not; its weight is the mean of the others. Unchanged when it is full. */
export function addPart(mix: readonly MixPart[], classes: number): readonly MixPart[] {
  if (mix.length >= LIMITS.mix.max) return mix;
  const taken = new Set(mix.map((one) => one.class));
  const free = Array.from({ length: mix.length + 1 }, (_, index) => index).find((index) => !taken.has(index)) ?? 0;
  const weight = Math.round((weightSum(mix) / mix.length) * DIGITS) / DIGITS;
  return [...mix, { class: free < classes ? free : 0, weight }];
}

/** Without one class. Unchanged when there are only two. */
export function removePart(mix: readonly MixPart[], index: number): readonly MixPart[] {
  return mix.length <= LIMITS.mix.min ? mix : mix.filter((_, at) => at !== index);
}

/** `0.5 tench + 0.5 goldfish` */
export function mixWords(mix: readonly MixPart[], name: (index: number) => string): string {
  return mix.map((one) => `${one.weight} ${name(one.class)}`).join(" + ");
}
