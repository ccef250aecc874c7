import type { WebGenerator } from "../index.js";
import { createArtist } from "./artist.js";
import { type ClassIndex, createClassIndex } from "./class-search.js";
import { part } from "./dom.js";
import { columnsFor } from "./grid.js";
import type { Notices } from "./notices.js";
import { stateInWords } from "./recipe.js";
import { fitState, type PageState, type Store, type View } from "./state.js";
import { createTabs } from "./tabs.js";
import { createCompareView } from "./views/compare-view.js";
import { createMixView } from "./views/mix-view.js";
import { createMorphView } from "./views/morph-view.js";
import { createSamplesView } from "./views/samples-view.js";
import type { PageView } from "./views/view.js";
import { counted, failureInWords } from "./words.js";
import { createZoom } from "./zoom.js";

/** What the gallery needs to know of a model. */
export interface GalleryModel {
  readonly classes: number;
  readonly resolution: number;
  readonly labels: readonly string[] | undefined;
  readonly bakedTruncation: number | undefined;
}

/** The views, their pictures, and what is looked at closely. */
export interface Gallery {
  /** From now on pictures come from this generator; undefined: none come. */
  use(generator: WebGenerator | undefined): void;
  view(): PageView;
  /** Puts everything where the state says, and draws what is missing. */
  render(state: PageState): void;
  /** Another model: its names and limits. All pictures go. */
  adopt(model: GalleryModel): void;
}

/** Models of at most so many pixels a side are shown with square pixels. */
const SHARP_UP_TO = 64;

export function createGallery(store: Store, notices: Notices, onTime: (milliseconds: number) => void): Gallery {
  const stage = part("stage", HTMLElement);
  const controls = part("controls", HTMLElement);
  const title = part("title", HTMLElement);
  const subtitle = part("subtitle", HTMLElement);
  const showTab = createTabs((view) => store.set({ view, zoom: undefined }));
  const zoom = createZoom({
    onMove: (index) => store.set({ zoom: index }),
    onSmooth: (smooth) => store.set({ smooth }),
    onError: (error) => notices.tell(failureInWords(error)),
  });

  const unknown: ClassIndex = createClassIndex(1, undefined);
  const context = { store, classes: unknown, onOpen: (index: number) => store.set({ zoom: index }) };
  const views: Readonly<Record<View, PageView>> = {
    samples: createSamplesView(context),
    mix: createMixView(context),
    morph: createMorphView(context),
    compare: createCompareView(context),
  };
  /** The job that each view's pictures come from, once all of them are there. */
  let drawn: Partial<Record<View, string>> = {};
  let shown: View | undefined;
  let sharp = true;

  const artist = createArtist({
    onTime(milliseconds) {
      onTime(milliseconds);
      if (store.get().zoom !== undefined) showZoom(store.get());
    },
    onDone(job) {
      stage.setAttribute("aria-busy", "false");
      drawn[store.get().view] = job.key;
      notices.say(`${counted(job.count, "picture")} drawn: ${title.textContent}.`);
    },
    onError(error) {
      stage.setAttribute("aria-busy", "false");
      notices.tell(failureInWords(error));
    },
  });

  function showView(state: PageState): void {
    if (shown === state.view) return;
    // The view that is left stops its animation.
    if (shown !== undefined) views[shown].show(state);
    shown = state.view;
    showTab(state.view);
    stage.replaceChildren(views[state.view].stage);
    controls.replaceChildren(views[state.view].controls);
  }

  function showZoom(state: PageState): void {
    zoom.show(state.zoom, views[state.view].items(), state.smooth ?? !sharp);
  }

  function layOut({ view, count }: PageState): void {
    const width = view === "compare" ? stage.clientWidth / 2 : stage.clientWidth;
    stage.style.setProperty("--columns", String(columnsFor(count, width)));
  }
  new ResizeObserver(() => layOut(store.get())).observe(stage);

  return {
    use(generator) {
      stage.setAttribute("aria-busy", "true");
      artist.use(generator);
    },
    view: () => views[store.get().view],
    render(state) {
      const view = views[state.view];
      showView(state);
      layOut(state);
      document.documentElement.dataset["pixels"] = (state.smooth ?? !sharp) ? "smooth" : "sharp";
      title.textContent = view.title(state);
      subtitle.textContent = stateInWords(state);
      document.title = `${view.title(state)} · BigGAN`;
      const job = view.job(state);
      const key = `${state.view} ${job.key}`;
      const isDrawn = drawn[state.view] === key;
      stage.setAttribute("aria-busy", String(!isDrawn));
      if (isDrawn) artist.rest();
      else {
        delete drawn[state.view];
        artist.want({ ...job, key });
      }
      view.show(state);
      showZoom(state);
    },
    adopt({ classes, labels, resolution, bakedTruncation }) {
      const index = createClassIndex(classes, labels);
      const lock =
        bakedTruncation === undefined ? undefined : `This model was made for truncation ${bakedTruncation} alone.`;
      for (const view of Object.values(views)) view.reset(index, lock);
      drawn = {};
      artist.rest();
      sharp = resolution <= SHARP_UP_TO;
    },
  };
}

/** What of a wanted state a model can show, and words for what it cannot. */
export function fitToModel(wanted: Partial<PageState>, model: GalleryModel): { state: PageState; words: string[] } {
  const { state, changed } = fitState(wanted, model);
  const words = changed.length === 0 ? [] : [`This model has no ${changed.join(", no ")}: another is shown instead.`];
  return { state, words };
}
