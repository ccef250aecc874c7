import type { Job } from "../artist.js";
import { h } from "../dom.js";
import { hundredths } from "../fields.js";
import { createGrid } from "../grid.js";
import { createPicker } from "../picker.js";
import type { PageState } from "../state.js";
import { pickRequest, sampleJob } from "./samples-view.js";
import { countField, seedField, truncationField } from "./shared-fields.js";
import type { PageView, ViewContext } from "./view.js";

/** The same seeds at two truncations, side by side. */
export function createCompareView({ store, classes, onOpen }: ViewContext): PageView {
  let known = classes;
  let lockWords: string | undefined;
  const left = createGrid({ label: "Samples at the left truncation", onOpen });
  const right = createGrid({
    label: "Samples at the right truncation",
    onOpen: (index) => onOpen(left.items().length + index),
  });
  const [leftHeading, rightHeading] = [h("h2"), h("h2")];
  const note = h("p", { class: "stage-note" });
  const picker = createPicker("Class", classes, (index) => store.set({ class: index, zoom: undefined }));
  const first = truncationField(store, "truncation", "Left truncation");
  const second = truncationField(store, "second", "Right truncation");
  const [seed, count] = [seedField(store), countField(store, "Pictures a side")];

  function jobs(state: PageState): readonly [Job, Job] {
    const request = { ...pickRequest(state), class: state.class };
    const title = known.name(state.class);
    return [sampleJob(left, title, request), sampleJob(right, title, { ...request, truncation: state.second })];
  }

  const side = (heading: HTMLElement, grid: HTMLElement) => h("section", { class: "side" }, heading, grid);
  const sides = h("div", { class: "sides" }, side(leftHeading, left.element), side(rightHeading, right.element));
  return {
    stage: h("div", {}, note, sides),
    controls: h("div", {}, picker.element, first.element, second.element, seed.element, count.element),
    title: (state) => known.name(state.class),
    show(state) {
      leftHeading.textContent = `Truncation ${hundredths(state.truncation)}`;
      rightHeading.textContent = `Truncation ${hundredths(state.second)}`;
      note.textContent = lockWords === undefined ? "" : `${lockWords} So both sides are alike.`;
      note.hidden = lockWords === undefined;
      picker.set(state.class);
      first.set(state.truncation);
      second.set(state.second);
      seed.set(state.seed);
      count.set(state.count);
    },
    job(state) {
      const both = jobs(state);
      return {
        key: both.map(({ key }) => key).join(),
        count: both[0].count + both[1].count,
        prepare() {
          for (const job of both) job.prepare();
        },
        async run(generator, options) {
          for (const job of both) await job.run(generator, options);
        },
      };
    },
    items: () => [...left.items(), ...right.items()],
    columns: () => Math.max(1, left.items().length),
    reset(next, lock) {
      known = next;
      lockWords = lock;
      picker.setClasses(next);
      first.lock(lock);
      second.lock(lock);
      left.clear();
      right.clear();
    },
  };
}
