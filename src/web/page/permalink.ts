import { type ClassSeed, LIMITS, type MixPart, type PageState, VIEWS, type View } from "./state.js";

/** What a link says: the parts of a state that it holds, and the first digits of its model's hash. */
export interface Permalink {
  readonly state: Partial<PageState>;
  readonly model: string | undefined;
}

/** Digits of the model's hash in a link. */
export const HASH_DIGITS = 12;
/** Longer fragments are no links of ours: the longest has some 250 characters. */
const MAX_LENGTH = 1000;
/** No model has more classes; each model's own count is checked when it is known. */
const MAX_CLASS = 1_000_000;
/** Fractions are kept to four digits: controls make two, and numbers below 1e-6 would be written with an exponent. */
const DECIMALS = 10_000;
const MAX_ZOOM = 2 * LIMITS.count.max;

/** What each view's pictures depend on. */
const KEYS: Readonly<Record<View, readonly (keyof PageState)[]>> = {
  samples: ["class", "seed", "truncation", "count", "zoom", "smooth"],
  mix: ["mix", "seed", "truncation", "count", "zoom", "smooth"],
  morph: ["from", "to", "truncation", "steps", "speed", "frame", "zoom", "smooth"],
  compare: ["class", "seed", "truncation", "second", "count", "zoom", "smooth"],
};

/** `view=samples&class=207&seed=42&…&model=1a2b3c4d5e6f`, without the `#`. */
export function encodeLink(state: PageState, modelHash: string | undefined): string {
  const said = KEYS[state.view].flatMap((key) => {
    const value = state[key];
    return value === undefined ? [] : [`${key}=${write(value)}`];
  });
  const model = modelHash === undefined ? [] : [`model=${modelHash.slice(0, HASH_DIGITS)}`];
  return [`view=${state.view}`, ...said, ...model].join("&");
}

/** What of a fragment can be understood and is within its range; the rest counts as unsaid. Takes any text. */
export function decodeLink(fragment: string): Permalink {
  const text = fragment.replace(/^#/, "");
  if (text.length > MAX_LENGTH) return { state: {}, model: undefined };
  const parameters = new URLSearchParams(text);
  const view = VIEWS.find((candidate) => candidate === parameters.get("view"));
  const state: Record<string, unknown> = view === undefined ? {} : { view };
  for (const [key, read] of Object.entries(READERS)) {
    const value = parameters.get(key);
    const found = value === null ? undefined : read(value);
    if (found !== undefined) state[key] = found;
  }
  const model = parameters.get("model") ?? "";
  return { state, model: /^[0-9a-f]{12}$/.test(model) ? model : undefined };
}

/** Whether a link was made with this model, as far as it says. */
export function isSameModel({ model }: Permalink, hash: string): boolean {
  return model === undefined || hash.startsWith(model);
}

function write(value: NonNullable<PageState[keyof PageState]>): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "object") return String(value);
  if ("seed" in value) return `${value.class},${value.seed}`;
  return value.map((one) => `${one.class}:${one.weight}`).join(",");
}

const READERS = {
  class: whole(0, MAX_CLASS),
  mix: readMix,
  from: readPoint,
  to: readPoint,
  seed: whole(LIMITS.seed.min, LIMITS.seed.max),
  truncation: decimal(LIMITS.truncation.min, LIMITS.truncation.max),
  second: decimal(LIMITS.truncation.min, LIMITS.truncation.max),
  count: whole(LIMITS.count.min, LIMITS.count.max),
  steps: whole(LIMITS.steps.min, LIMITS.steps.max),
  speed: whole(LIMITS.speed.min, LIMITS.speed.max),
  frame: whole(0, LIMITS.steps.max - 1),
  zoom: whole(0, MAX_ZOOM - 1),
  smooth: (text: string) => (text === "1" ? true : text === "0" ? false : undefined),
} as const satisfies Partial<{ [Key in keyof PageState]: (text: string) => PageState[Key] | undefined }>;

function whole(min: number, max: number) {
  return (text: string): number | undefined => {
    if (!/^\d{1,10}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  };
}

function decimal(min: number, max: number) {
  return (text: string): number | undefined => {
    if (!/^\d(\.\d{1,17})?$/.test(text)) return undefined;
    const value = Math.round(Number(text) * DECIMALS) / DECIMALS;
    return value >= min && value <= max ? value : undefined;
  };
}

function readPoint(text: string): ClassSeed | undefined {
  const [first = "", second = "", ...rest] = text.split(",");
  const [index, seed] = [READERS.class(first), READERS.seed(second)];
  return index === undefined || seed === undefined || rest.length > 0 ? undefined : { class: index, seed };
}

function readMix(text: string): readonly MixPart[] | undefined {
  const parts = text.split(",").map((one) => {
    const [first = "", second = "", ...rest] = one.split(":");
    const index = whole(0, MAX_CLASS)(first);
    const weight = decimal(LIMITS.weight.min, LIMITS.weight.max)(second);
    return index === undefined || weight === undefined || rest.length > 0 ? undefined : { class: index, weight };
  });
  const known = parts.filter((one) => one !== undefined);
  const { min, max } = LIMITS.mix;
  return known.length < parts.length || known.length < min || known.length > max ? undefined : known;
}
