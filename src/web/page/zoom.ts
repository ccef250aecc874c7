import { h, icon, part } from "./dom.js";
import { paint } from "./grid.js";
import { ICONS } from "./icons.js";
import { download, encodePicture } from "./picture-files.js";
import { type Drawn, recipeFileName } from "./recipe.js";
import { millisecondsInWords } from "./words.js";

/** One picture, large, with what it was drawn from. */
export interface Zoom {
  /** Opens, or shows another picture; undefined closes. */
  show(index: number | undefined, items: readonly Drawn[], smooth: boolean): void;
}

export interface ZoomEvents {
  /** The visitor goes to another picture, or closes. */
  onMove(index: number | undefined): void;
  onSmooth(smooth: boolean): void;
  onError(error: unknown): void;
}

export function createZoom({ onMove, onSmooth, onError }: ZoomEvents): Zoom {
  const dialog = part("zoom", HTMLDialogElement);
  const canvas = h("canvas", { width: 1, height: 1, role: "img" });
  const title = h("h2", { id: "zoom-title" });
  const recipe = h("dl", { class: "facts" });
  const smooth = h("input", { type: "checkbox", role: "switch", change: () => onSmooth(smooth.checked) });
  let current: { readonly index: number; readonly items: readonly Drawn[] } | undefined;

  async function save(): Promise<void> {
    const item = current?.items[current.index];
    if (item?.picture === undefined) return;
    download(await encodePicture(item.picture), `${recipeFileName(item.recipe)}.png`);
  }

  function go(by: number): void {
    if (current === undefined) return;
    const { index, items } = current;
    onMove((index + by + items.length) % items.length);
  }

  const button = (label: string, path: string, act: () => void) =>
    h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, click: act }, icon(path));
  const saveButton = h(
    "button",
    { type: "button", class: "button primary", click: () => void save().catch(onError) },
    icon(ICONS.download),
    "Download PNG",
  );
  const previous = button("Previous picture", ICONS.previous, () => go(-1));
  const next = button("Next picture", ICONS.next, () => go(1));
  const closeButton = button("Close", ICONS.close, () => dialog.close());
  closeButton.classList.add("close");
  dialog.append(
    h("div", { class: "zoom-picture" }, canvas),
    h(
      "div",
      { class: "zoom-words" },
      h("div", { class: "dialog-head" }, title, closeButton),
      recipe,
      h("label", { class: "switch" }, smooth, "Smooth pixels"),
      h("div", { class: "button-row" }, previous, next, saveButton),
    ),
  );
  // Heard later: a link may have opened it again.
  dialog.addEventListener("close", () => !dialog.open && onMove(undefined));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") go(-1);
    if (event.key === "ArrowRight") go(1);
  });

  return {
    show(index, items, isSmooth) {
      const item = index === undefined ? undefined : items[index];
      current = index === undefined || item === undefined ? undefined : { index, items };
      if (item === undefined) {
        if (dialog.open) dialog.close();
        return;
      }
      title.textContent = item.recipe.title;
      const time = item.milliseconds === undefined ? "being drawn" : millisecondsInWords(item.milliseconds);
      const lines = [...item.recipe.lines, ["Drawn in", time] as const];
      recipe.replaceChildren(...lines.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
      smooth.checked = isSmooth;
      canvas.classList.toggle("smooth", isSmooth);
      canvas.classList.toggle("waiting", item.picture === undefined);
      canvas.setAttribute("aria-label", `${item.recipe.title}, enlarged`);
      saveButton.disabled = item.picture === undefined;
      if (item.picture !== undefined) paint(canvas, item.picture);
      if (!dialog.open) dialog.showModal();
    },
  };
}
