export const VIEWS = ["samples", "mix", "morph", "compare"] as const;
export type View = (typeof VIEWS)[number];

/** One end of a strip. */
export interface ClassSeed {
  readonly class: number;
  readonly seed: number;
}

export interface MixPart {
  readonly class: number;
  readonly weight: number;
}

/** All that a picture on the page depends on, and what is looked at: what a permalink holds. */
export interface PageState {
  readonly view: View;
  /** Of the samples and of the comparison. */
  readonly class: number;
  readonly mix: readonly MixPart[];
  readonly from: ClassSeed;
  readonly to: ClassSeed;
  readonly seed: number;
  readonly truncation: number;
  /** The other one of the comparison. */
  readonly second: number;
  readonly count: number;
  readonly steps: number;
  /** Frames of the strip a second. */
  readonly speed: number;
  /** The strip's picture that stands still. */
  readonly frame: number;
  /** Which picture is looked at closely. */
  readonly zoom: number | undefined;
  /** Pixels blurred into each other or not; by the model's size when undefined. */
  readonly smooth: boolean | undefined;
}

/** What of a model limits the state. */
export interface StateLimits {
  readonly classes: number;
  readonly bakedTruncation?: number | undefined;
}

/** Ranges of the controls, and of permalinks. */
export const LIMITS = {
  seed: { min: 0, max: 2 ** 32 - 1 },
  truncation: { min: 0, max: 1 },
  weight: { min: 0, max: 1 },
  count: { min: 1, max: 48 },
  steps: { min: 2, max: 48 },
  speed: { min: 1, max: 30 },
  mix: { min: 2, max: 4 },
} as const;

/** Pairs that the ImageNet models are known by: a golden retriever and a hen, as in the public notebook. */
const IMAGENET = { classes: 1000, class: 207, other: 8, hybrid: [933, 151] } as const;

function defaults({ classes }: StateLimits): PageState {
  const known = classes === IMAGENET.classes;
  const first = known ? IMAGENET.class : 0;
  const other = known ? IMAGENET.other : Math.min(1, classes - 1);
  const [a, b] = known ? IMAGENET.hybrid : [0, Math.min(4, classes - 1)];
  return {
    view: "samples",
    class: first,
    mix: [
      { class: a, weight: 0.5 },
      { class: b, weight: 0.5 },
    ],
    from: { class: first, seed: 23 },
    to: { class: other, seed: 31 },
    seed: 42,
    truncation: 0.5,
    second: 1,
    count: 12,
    steps: 12,
    speed: 12,
    frame: 0,
    zoom: undefined,
    smooth: undefined,
  };
}

/** A whole state from what a link says and the model allows; `changed` names what the link wanted and this model has not. */
export function fitState(
  wanted: Partial<PageState>,
  limits: StateLimits,
): { readonly state: PageState; readonly changed: readonly string[] } {
  const basis = defaults(limits);
  const { bakedTruncation: baked } = limits;
  const changed = new Set<string>();
  const known = (index: number, instead: number) => {
    if (index < limits.classes) return index;
    changed.add(`class ${index}`);
    return instead;
  };
  const truncation = (value: number | undefined, instead: number) => {
    if (baked !== undefined && value !== undefined && value !== baked) changed.add(`truncation ${value}`);
    return baked ?? value ?? instead;
  };
  const merged = { ...basis, ...wanted };
  const state: PageState = {
    ...merged,
    class: known(merged.class, basis.class),
    mix: merged.mix.map((one, index) => ({ ...one, class: known(one.class, basis.mix[index]?.class ?? 0) })),
    from: { ...merged.from, class: known(merged.from.class, basis.from.class) },
    to: { ...merged.to, class: known(merged.to.class, basis.to.class) },
    truncation: truncation(wanted.truncation, basis.truncation),
    second: truncation(wanted.second, basis.second),
    frame: Math.min(merged.frame, merged.steps - 1),
  };
  return { state, changed: [...changed] };
}

/** A state that changes and tells who listens. */
export interface Store {
  get(): PageState;
  set(change: Partial<PageState>): void;
}

/** `onChange` hears each change that changes something. */
export function createStore(initial: PageState, onChange: (state: PageState) => void): Store {
  let state = initial;
  return {
    get: () => state,
    set(change) {
      const next = { ...state, ...change };
      if (JSON.stringify(next) === JSON.stringify(state)) return;
      state = next;
      onChange(state);
    },
  };
}
