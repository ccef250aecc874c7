/** Text that is HTML already. Made by {@link html} and {@link raw} alone, so what is not marked is escaped. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | readonly Part[];

/** Longest piece of foreign text on the page: names in a checkpoint may be megabytes long. */
const MAX_TEXT = 1000;

/** Control characters, lone surrogates, and the marks that turn the direction of the text after them. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/**
 * Foreign text for an element or a quoted attribute: markup becomes entities, what cannot be seen becomes U+FFFD, and more
 * than 1000 characters are cut off.
 */
export function escapeHtml(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short.replace(UNSEEN, "\ufffd").replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** Foreign text for a terminal: what could move the cursor or turn the text around becomes U+FFFD. */
export function visible(text: string): string {
  return text.replace(UNSEEN, "\ufffd").replace(/[\n\r]/g, " ");
}

/** Marks text that this package wrote itself as HTML. Never for anything that comes from a file. */
export function raw(text: string): Html {
  return { html: text };
}

/**
 * HTML with holes: everything put in is escaped, unless it is {@link Html}. Lists are joined, undefined is nothing.
 *
 * @example html`<td title="${name}">${value}</td>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, index) => text + (index < parts.length ? render(parts[index]) : "")).join("") };
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return escapeHtml(String(part));
  if ("html" in part) return part.html;
  return part.map(render).join("");
}
