import type { Job } from "../artist.js";
import type { ClassIndex } from "../class-search.js";
import type { Drawn } from "../recipe.js";
import type { PageState, Store } from "../state.js";

/** One of the page's ways to look at a model: pictures and the controls that they hang on. */
export interface PageView {
  readonly stage: HTMLElement;
  readonly controls: HTMLElement;
  /** What the pictures show. */
  title(state: PageState): string;
  /** Puts the controls where the state says. */
  show(state: PageState): void;
  job(state: PageState): Job;
  /** The pictures in the order in which they are looked at closely. */
  items(): readonly Drawn[];
  /** Columns of a file that holds all of them. */
  columns(): number;
  /** Another model: its classes, and why its truncation cannot be chosen, if so. */
  reset(classes: ClassIndex, truncationLock: string | undefined): void;
}

export interface ViewContext {
  readonly store: Store;
  readonly classes: ClassIndex;
  /** Opens a picture of `items()` large. */
  readonly onOpen: (index: number) => void;
}
