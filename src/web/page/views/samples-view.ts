import type { PictureRequest } from "../../index.js";
import type { Job } from "../artist.js";
import { h } from "../dom.js";
import { columnsFor, createGrid, type Grid } from "../grid.js";
import { createPicker } from "../picker.js";
import { sampleRecipe } from "../recipe.js";
import { countField, seedField, truncationField } from "./shared-fields.js";
import type { PageView, ViewContext } from "./view.js";

/** Pictures of one class. */
export function createSamplesView({ store, classes, onOpen }: ViewContext): PageView {
  let known = classes;
  const grid = createGrid({ label: "Samples", onOpen });
  const picker = createPicker("Class", classes, (index) => store.set({ class: index, zoom: undefined }));
  const [truncation, seed, count] = [truncationField(store), seedField(store), countField(store)];
  return {
    stage: grid.element,
    controls: h("div", {}, picker.element, truncation.element, seed.element, count.element),
    title: (state) => known.name(state.class),
    show(state) {
      picker.set(state.class);
      truncation.set(state.truncation);
      seed.set(state.seed);
      count.set(state.count);
    },
    job: (state) => sampleJob(grid, known.name(state.class), { ...pickRequest(state), class: state.class }),
    items: grid.items,
    columns: () => columnsFor(grid.items().length, FILE_WIDTH),
    reset(next, lock) {
      known = next;
      picker.setClasses(next);
      truncation.lock(lock);
      grid.clear();
    },
  };
}

/** Pictures side by side in a file, as on a wide page. */
export const FILE_WIDTH = 1200;

/** What of a state all requests for samples share. */
export function pickRequest(state: { seed: number; truncation: number; count: number }) {
  const { seed, truncation, count } = state;
  return { seed, truncation, count };
}

type SampleRequest = PictureRequest & ReturnType<typeof pickRequest>;

/** Draws `count` pictures into a grid. */
export function sampleJob(grid: Grid, title: string, request: SampleRequest): Job {
  const { seed, truncation, count } = request;
  return {
    key: JSON.stringify(request),
    count,
    prepare: () =>
      grid.prepare(Array.from({ length: count }, (_, index) => sampleRecipe(title, seed, index, truncation))),
    async run(generator, { signal, onTime }) {
      await generator.generate(request, {
        signal,
        onPicture(picture, index, milliseconds) {
          if (signal.aborted) return;
          grid.draw(index, picture, milliseconds);
          onTime(milliseconds);
        },
      });
    },
  };
}
