type Child = Node | string | undefined;
type Handler = (event: Event) => void;

/** Attributes; `true` sets an empty one, `false` and undefined none. Functions listen to the event they are named for. */
type Attributes = Readonly<Record<string, string | number | boolean | Handler | undefined>>;

/** An element with attributes and children. Text is always text: nothing that a file says becomes markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 x 24 in the colour of the text; what it means is said by the control around it. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** The element of index.html with this id, of the kind it must be. Throws an Error where the page was built wrongly. */
export function part<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`page: expected an element with id "${id}", found none of its kind`);
  return element;
}

let ids = 0;

/** An id for a label or a list, used once in the page. */
export function freshId(stem: string): string {
  ids += 1;
  return `${stem}-${ids}`;
}
