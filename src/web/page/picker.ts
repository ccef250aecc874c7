import type { ClassIndex } from "./class-search.js";
import { freshId, h } from "./dom.js";

/** A class chosen by its name, in a text field that searches. */
export interface Picker {
  readonly element: HTMLElement;
  set(index: number): void;
  setClasses(classes: ClassIndex): void;
}

/** Options are made when they come into view: a list of a thousand would hold the page up. */
const PORTION = 60;

/** A combobox with a list box: arrows move, Enter takes, Escape puts back. */
export function createPicker(label: string, classes: ClassIndex, onPick: (index: number) => void): Picker {
  const id = freshId("picker");
  const listId = `${id}-list`;
  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    placeholder: "Search a class",
  });
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, class: "options" });
  const none = h("p", { class: "options-none" }, "No class has this name. Part of a name or a number will do.");
  const popup = h("div", { class: "popup" }, list, none);
  const number = h("span", { class: "value" });
  popup.hidden = true;

  let known = classes;
  let chosen = 0;
  let found: readonly number[] = [];
  let active = -1;

  function close(): void {
    popup.hidden = true;
    active = -1;
    input.value = known.name(chosen);
    number.textContent = `${chosen}`;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open(query: string): void {
    found = known.search(query);
    list.replaceChildren();
    list.hidden = found.length === 0;
    none.hidden = found.length > 0;
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(query === "" ? found.indexOf(chosen) : found.length > 0 ? 0 : -1);
  }

  function fillTo(count: number): void {
    for (let at = list.childElementCount; at < Math.min(count, found.length); at++) {
      const index = found[at] ?? 0;
      const attributes = { id: `${listId}-${index}`, role: "option", "aria-selected": String(index === chosen) };
      list.append(h("li", attributes, h("span", {}, known.name(index)), h("small", {}, String(index))));
    }
  }

  function activate(position: number): void {
    fillTo(Math.max(position + 2, PORTION));
    list.querySelector(".active")?.classList.remove("active");
    active = position;
    const option = list.children[position];
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    if (option === undefined) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", option.id);
  }

  function take(position: number): void {
    const index = found[position];
    if (index === undefined) return;
    chosen = index;
    close();
    onPick(index);
  }

  function move(by: number): void {
    if (popup.hidden) open("");
    else if (found.length > 0) activate((active + by + found.length) % found.length);
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => activate(Math.min(active + 8, found.length - 1)),
    PageUp: () => activate(Math.max(active - 8, 0)),
    Enter: () => (popup.hidden ? open("") : take(active)),
    Escape: close,
  };
  input.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    const idle = popup.hidden && (event.key === "Escape" || event.key.startsWith("Page"));
    if (act === undefined || idle) return;
    event.preventDefault();
    act();
  });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => popup.hidden && open(""));
  input.addEventListener("blur", close);
  list.addEventListener("scroll", () => {
    if (list.scrollTop + 2 * list.clientHeight > list.scrollHeight) fillTo(list.childElementCount + PORTION);
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("li") : null;
    if (option !== null) take([...list.children].indexOf(option));
  });

  close();
  const head = h("div", { class: "field-head" }, h("label", { for: id }, label), number);
  return {
    element: h("div", { class: "field picker" }, head, input, popup),
    set(index) {
      chosen = index;
      if (popup.hidden) close();
    },
    setClasses(next) {
      known = next;
      close();
    },
  };
}
