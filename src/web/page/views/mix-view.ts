import { h, icon } from "../dom.js";
import { createSlider, hundredths, type Slider } from "../fields.js";
import { columnsFor, createGrid } from "../grid.js";
import { ICONS } from "../icons.js";
import { addPart, mixWords, normalise, removePart, weightSum } from "../mixing.js";
import { createPicker, type Picker } from "../picker.js";
import { LIMITS, type MixPart } from "../state.js";
import { FILE_WIDTH, pickRequest, sampleJob } from "./samples-view.js";
import { countField, seedField, truncationField } from "./shared-fields.js";
import type { PageView, ViewContext } from "./view.js";

interface Row {
  readonly element: HTMLElement;
  readonly picker: Picker;
  readonly weight: Slider;
  readonly remove: HTMLButtonElement;
}

/** Pictures of several classes at once: the hybrids that BigGAN is known for. */
export function createMixView({ store, classes, onOpen }: ViewContext): PageView {
  let known = classes;
  let rows: readonly Row[] = [];
  const grid = createGrid({ label: "Hybrids", onOpen });
  const list = h("div", { class: "mix-rows" });
  const [truncation, seed, count] = [truncationField(store), seedField(store), countField(store)];
  const sum = h("output", { class: "note" });
  const setMix = (mix: readonly MixPart[]) => store.set({ mix, zoom: undefined });
  const add = h(
    "button",
    { type: "button", class: "button", click: () => setMix(addPart(store.get().mix, known.size)) },
    icon(ICONS.add),
    "Add a class",
  );
  const even = h(
    "button",
    { type: "button", class: "button", click: () => setMix(normalise(store.get().mix)) },
    "Normalise",
  );

  function change(at: number, part: Partial<MixPart>): void {
    setMix(store.get().mix.map((one, index) => (index === at ? { ...one, ...part } : one)));
  }

  function createRow(at: number): Row {
    const picker = createPicker(`Class ${at + 1}`, known, (index) => change(at, { class: index }));
    const weight = createSlider({
      label: `Weight ${at + 1}`,
      range: LIMITS.weight,
      step: 0.01,
      format: hundredths,
      onInput: (value) => change(at, { weight: value }),
    });
    const remove = h(
      "button",
      {
        type: "button",
        class: "icon-button quiet",
        "aria-label": `Remove class ${at + 1}`,
        title: "Remove",
        click: () => {
          setMix(removePart(store.get().mix, at));
          add.focus();
        },
      },
      icon(ICONS.close),
    );
    const element = h("fieldset", { class: "mix-row" }, h("legend", { class: "hidden" }, `Class ${at + 1} of the mix`));
    element.append(picker.element, remove, weight.element);
    return { element, picker, weight, remove };
  }

  function showRows(mix: readonly MixPart[]): void {
    if (rows.length !== mix.length) {
      rows = mix.map((_, at) => rows[at] ?? createRow(at));
      list.replaceChildren(...rows.map(({ element }) => element));
    }
    mix.forEach((one, at) => {
      const row = rows[at];
      row?.picker.set(one.class);
      row?.weight.set(one.weight);
      if (row !== undefined) row.remove.hidden = mix.length <= LIMITS.mix.min;
    });
  }

  const buttons = h("div", { class: "button-row" }, add, even);
  return {
    stage: grid.element,
    controls: h("div", {}, list, buttons, sum, truncation.element, seed.element, count.element),
    title: (state) => mixWords(state.mix, known.name),
    show(state) {
      showRows(state.mix);
      const total = weightSum(state.mix);
      even.disabled = total === 1;
      add.disabled = state.mix.length >= LIMITS.mix.max;
      sum.value = `The weights add up to ${hundredths(total)}${total === 1 ? "." : ": away from 1, pictures get odd."}`;
      truncation.set(state.truncation);
      seed.set(state.seed);
      count.set(state.count);
    },
    job: (state) => sampleJob(grid, mixWords(state.mix, known.name), { ...pickRequest(state), classes: state.mix }),
    items: grid.items,
    columns: () => columnsFor(grid.items().length, FILE_WIDTH),
    reset(next, lock) {
      known = next;
      rows = [];
      list.replaceChildren();
      truncation.lock(lock);
      grid.clear();
    },
  };
}
