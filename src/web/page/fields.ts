import { freshId, h, icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { LIMITS } from "./state.js";

export interface Slider {
  readonly element: HTMLElement;
  set(value: number): void;
  setMax(max: number): void;
  /** Can no longer be moved, and says why. */
  lock(why: string | undefined): void;
}

export interface SliderOptions {
  readonly label: string;
  readonly range: { readonly min: number; readonly max: number };
  readonly step?: number;
  /** What the value is called beside the label. */
  readonly format?: (value: number) => string;
  readonly hint?: string;
  readonly onInput: (value: number) => void;
}

/** A labelled range with its value in words. */
export function createSlider({ label, range, step = 1, format = String, hint, onInput }: SliderOptions): Slider {
  const id = freshId("slider");
  const output = h("output", { for: id, class: "value" });
  const note = h("p", { id: `${id}-note`, class: "note" }, hint);
  note.hidden = hint === undefined;
  const input = h("input", { id, type: "range", step, ...range, "aria-describedby": `${id}-note` });
  const show = (value: number) => {
    output.value = format(value);
    input.setAttribute("aria-valuetext", format(value));
    const share = (value - range.min) / (Number(input.max) - range.min);
    input.style.setProperty("--share", share.toFixed(4));
  };
  input.addEventListener("input", () => {
    show(input.valueAsNumber);
    onInput(input.valueAsNumber);
  });
  const head = h("div", { class: "field-head" }, h("label", { for: id }, label), output);
  return {
    element: h("div", { class: "field" }, head, input, note),
    set(value) {
      input.value = String(value);
      show(value);
    },
    setMax(max) {
      input.max = String(max);
    },
    lock(why) {
      input.disabled = why !== undefined;
      note.textContent = why ?? hint ?? "";
      note.hidden = note.textContent === "";
    },
  };
}

export interface SeedField {
  readonly element: HTMLElement;
  set(seed: number): void;
}

/** A number with a die that rolls another. */
export function createSeedField(label: string, onSeed: (seed: number) => void): SeedField {
  const id = freshId("seed");
  const { min, max } = LIMITS.seed;
  const input = h("input", { id, type: "number", min, max, step: 1, inputmode: "numeric", autocomplete: "off" });
  let last = 0;
  input.addEventListener("input", () => {
    if (!input.validity.valid || input.value === "") return;
    last = input.valueAsNumber;
    onSeed(last);
  });
  // What is no seed is put back when the field is left.
  input.addEventListener("change", () => {
    input.value = String(last);
  });
  const set = (seed: number) => {
    last = seed;
    // While it is typed in, "007" stays as it is.
    if (input.value === "" || input.valueAsNumber !== seed) input.value = String(seed);
  };
  const roll = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": `Re-roll: another ${label.toLowerCase()}`,
      title: "Re-roll",
      click: () => {
        set(randomSeed());
        onSeed(last);
      },
    },
    icon(ICONS.dice),
  );
  const row = h("div", { class: "input-row" }, input, roll);
  return {
    element: h("div", { class: "field" }, h("div", { class: "field-head" }, h("label", { for: id }, label)), row),
    set,
  };
}

/** Seeds with up to five digits: they can be told over the telephone. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 100_000);
}

/** Two digits, as the truncations of the published models have. */
export function hundredths(value: number): string {
  return value.toFixed(2);
}
