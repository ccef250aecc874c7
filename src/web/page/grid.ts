import { h } from "./dom.js";
import { type Drawn, type Recipe, recipeInWords } from "./recipe.js";

/** Pictures as tiles that keep their place while they are drawn. */
export interface Grid {
  readonly element: HTMLElement;
  /** One tile a recipe. Pictures that are there stay, paler, until theirs comes. */
  prepare(recipes: readonly Recipe[]): void;
  draw(index: number, picture: ImageData, milliseconds: number): void;
  /** Forgets all pictures: another model's. */
  clear(): void;
  items(): readonly Drawn[];
  /** Puts a ring around one tile; undefined for none. */
  mark(index: number | undefined): void;
}

export interface GridOptions {
  readonly label: string;
  readonly onOpen: (index: number) => void;
  /** What a tile's button does, before its recipe: "Enlarge" by default. */
  readonly verb?: string;
}

interface Tile extends Drawn {
  readonly item: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
}

export function createGrid({ label, onOpen, verb = "Enlarge" }: GridOptions): Grid {
  const element = h("ul", { class: "grid", "aria-label": label });
  let tiles: readonly Tile[] = [];

  function createTile(index: number, recipe: Recipe): Tile {
    const canvas = h("canvas", { width: 1, height: 1 });
    const button = h("button", { type: "button", class: "tile", click: () => onOpen(index) }, canvas);
    const item = h("li", {}, button);
    element.append(item);
    return { item, button, canvas, recipe, picture: undefined, milliseconds: undefined };
  }

  return {
    element,
    prepare(recipes) {
      for (const { item } of tiles.slice(recipes.length)) item.remove();
      element.style.setProperty("--count", String(recipes.length));
      tiles = recipes.map((recipe, index) => {
        const tile = tiles[index] ?? createTile(index, recipe);
        tile.button.classList.add("waiting");
        tile.button.setAttribute("aria-label", `${verb}: ${recipeInWords(recipe)}, not drawn yet`);
        return { ...tile, recipe, picture: undefined, milliseconds: undefined };
      });
    },
    draw(index, picture, milliseconds) {
      const tile = tiles[index];
      if (tile === undefined) return;
      paint(tile.canvas, picture);
      tile.button.classList.add("drawn");
      tile.button.classList.remove("waiting");
      tile.button.setAttribute("aria-label", `${verb}: ${recipeInWords(tile.recipe)}`);
      tiles = tiles.with(index, { ...tile, picture, milliseconds });
    },
    clear() {
      element.replaceChildren();
      tiles = [];
    },
    items: () => tiles,
    mark(index) {
      tiles.forEach(({ button }, at) => {
        if (at === index) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      });
    },
  };
}

/** Shows a picture's own pixels; the style sheet scales them. */
export function paint(canvas: HTMLCanvasElement, picture: ImageData): void {
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
}

/** Columns that let pictures be as large as the space allows; full rows where a column more or less makes them. */
export function columnsFor(count: number, width: number): number {
  const most = Math.max(2, Math.floor(width / MIN_TILE));
  const shape = width < NARROW ? 0.8 : 1.35;
  const wanted = Math.max(1, Math.min(Math.ceil(Math.sqrt(count * shape)), most, count));
  const near = [wanted, wanted - 1, wanted + 1];
  return near.find((columns) => columns > 1 && columns <= most && count % columns === 0) ?? wanted;
}

/** Smaller pictures show nothing. */
const MIN_TILE = 94;
/** Telephones: taller than wide. */
const NARROW = 560;
