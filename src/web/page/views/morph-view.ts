import type { Job } from "../artist.js";
import { h, icon } from "../dom.js";
import { createSeedField, createSlider, hundredths } from "../fields.js";
import { createGrid, type Grid, paint } from "../grid.js";
import { ICONS } from "../icons.js";
import { createPicker } from "../picker.js";
import { createPlayer } from "../player.js";
import type { Recipe } from "../recipe.js";
import { type ClassSeed, LIMITS, type PageState } from "../state.js";
import { truncationField } from "./shared-fields.js";
import type { PageView, ViewContext } from "./view.js";

/** A strip of pictures between two points, played as an animation. */
export function createMorphView({ store, classes, onOpen }: ViewContext): PageView {
  let known = classes;
  let shown = 0;
  const screen = h("canvas", { width: 1, height: 1 });
  const enlarge = h("button", { type: "button", class: "tile screen waiting", click: () => onOpen(shown) }, screen);
  const strip = createGrid({ label: "Strip", verb: "Show", onOpen: (index) => stand(index) });
  strip.element.classList.add("strip");
  const player = createPlayer((index) => display(index));

  const scrub = createSlider({
    label: "Position",
    range: { min: 0, max: LIMITS.steps.max - 1 },
    format: (value) => `${value + 1} of ${store.get().steps}`,
    onInput: (index) => stand(index),
  });
  const play = h("button", { type: "button", class: "button primary play", click: () => toggle() });
  const speed = createSlider({
    label: "Speed",
    range: LIMITS.speed,
    format: (value) => `${value} a second`,
    onInput: (value) => store.set({ speed: value }),
  });
  const steps = createSlider({
    label: "Steps",
    range: LIMITS.steps,
    onInput: (value) => store.set({ steps: value, frame: Math.min(store.get().frame, value - 1), zoom: undefined }),
  });
  const truncation = truncationField(store);
  const from = createEnd("From", (point) => store.set({ from: point, zoom: undefined }));
  const to = createEnd("To", (point) => store.set({ to: point, zoom: undefined }));
  const swap = h(
    "button",
    {
      type: "button",
      class: "button",
      click: () => store.set({ from: store.get().to, to: store.get().from, zoom: undefined }),
    },
    icon(ICONS.swap),
    "Swap the ends",
  );

  function createEnd(label: string, onChange: (point: ClassSeed) => void) {
    let point: ClassSeed = { class: 0, seed: 0 };
    const picker = createPicker(`${label}: class`, classes, (index) => onChange({ ...point, class: index }));
    const seed = createSeedField(`${label}: seed`, (value) => onChange({ ...point, seed: value }));
    return {
      element: h("div", { class: "end" }, picker.element, seed.element),
      picker,
      set(next: ClassSeed) {
        point = next;
        picker.set(next.class);
        seed.set(next.seed);
      },
    };
  }

  /** Shows a picture without keeping its place in the link: many a second. */
  function display(index: number): void {
    shown = index;
    scrub.set(index);
    strip.mark(index);
    const picture = strip.items()[index]?.picture;
    enlarge.classList.toggle("waiting", picture === undefined);
    enlarge.setAttribute("aria-label", `Enlarge picture ${index + 1} of ${store.get().steps}`);
    if (picture !== undefined) paint(screen, picture);
  }

  function stand(index: number): void {
    if (player.playing) toggle();
    store.set({ frame: index });
    display(index);
  }

  function toggle(): void {
    if (player.playing) {
      player.pause();
      store.set({ frame: shown });
    } else {
      player.play(store.get().frame);
    }
    showPlay();
  }

  function showPlay(): void {
    play.replaceChildren(icon(player.playing ? ICONS.pause : ICONS.play), player.playing ? "Pause" : "Play");
  }

  const transport = h("div", { class: "transport" }, play, scrub.element, speed.element);
  const ends = h("div", { class: "ends" }, from.element, to.element);
  showPlay();
  return {
    stage: h("div", { class: "morph" }, enlarge, strip.element, transport),
    controls: h("div", {}, ends, h("div", { class: "button-row" }, swap), steps.element, truncation.element),
    title: (state) => `${known.name(state.from.class)} → ${known.name(state.to.class)}`,
    show(state) {
      scrub.setMax(state.steps - 1);
      player.setSpeed(state.speed);
      player.setLength(state.steps);
      speed.set(state.speed);
      steps.set(state.steps);
      truncation.set(state.truncation);
      from.set(state.from);
      to.set(state.to);
      if (state.view !== "morph" && player.playing) toggle();
      else if (!player.playing) display(state.frame);
    },
    job: (state) => morphJob(strip, state, known.name, (index) => index === shown && display(index)),
    items: strip.items,
    columns: () => strip.items().length,
    reset(next, lock) {
      known = next;
      from.picker.setClasses(next);
      to.picker.setClasses(next);
      truncation.lock(lock);
      strip.clear();
    },
  };
}

function morphJob(
  strip: Grid,
  { from, to, steps, truncation }: PageState,
  name: (index: number) => string,
  onDrawn: (index: number) => void,
): Job {
  const request = { from, to, steps, truncation };
  const title = `${name(from.class)} → ${name(to.class)}`;
  const recipes = Array.from(
    { length: steps },
    (_, index): Recipe => ({
      title,
      lines: [
        ["Seeds", `${from.seed} → ${to.seed}`],
        ["Step", `${index + 1} of ${steps}`],
        ["Truncation", hundredths(truncation)],
      ],
    }),
  );
  return {
    key: JSON.stringify(request),
    count: steps,
    prepare: () => strip.prepare(recipes),
    async run(generator, { signal, onTime }) {
      await generator.interpolate(request, {
        signal,
        onPicture(picture, index, milliseconds) {
          if (signal.aborted) return;
          strip.draw(index, picture, milliseconds);
          onDrawn(index);
          onTime(milliseconds);
        },
      });
    },
  };
}
