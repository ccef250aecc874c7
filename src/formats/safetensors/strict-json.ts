/** What is wrong with a JSON text, and at which character. */
export interface JsonFault {
  readonly at: number;
  readonly expected: string;
  readonly found: string;
}

/** Nothing that is read here nests deeper than three. */
const MAX_DEPTH = 8;

/** Longest piece of the text that a message repeats. */
const MAX_QUOTED = 60;

/**
 * Looks a valid JSON text through for what `JSON.parse` swallows: a key given twice in one object (the last would win), a
 * number that is not a plain count of at most 2^53 - 1 (it would be rounded). Gives the first fault, or undefined.
 */
export function jsonFault(text: string): JsonFault | undefined {
  /** The keys of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "{" || character === "[") {
      if (open.length === MAX_DEPTH) return { at, expected: `at most ${MAX_DEPTH} levels`, found: "more" };
      open.push(character === "{" ? new Set() : undefined);
    } else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = stringEnd(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end)) {
        const key = text.slice(at, end);
        const name: unknown = JSON.parse(key);
        if (typeof name === "string" && keys.has(name)) {
          return { at, expected: "each name once", found: `${quote(key)} twice` };
        }
        if (typeof name === "string") keys.add(name);
      }
      at = end - 1;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      const end = numberEnd(text, at);
      const digits = text.slice(at, end);
      if (!/^\d{1,16}$/.test(digits) || !Number.isSafeInteger(Number(digits))) {
        return { at, expected: "a whole number from 0 to 2^53 - 1", found: quote(digits) };
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Behind the closing quote of the string that begins at `at`. */
function stringEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (" \t\n\r".includes(text[at] ?? "x")) at++;
  return text[at] === ":";
}

function numberEnd(text: string, at: number): number {
  let end = at + 1;
  while (/[\d.eE+-]/.test(text[end] ?? "")) end++;
  return end;
}

function quote(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
