/** Classes as they are looked for: made once for a model. */
export interface ClassIndex {
  readonly size: number;
  name(index: number): string;
  /** Indices, best first. All of them, in their order, for an empty query. */
  search(query: string): readonly number[];
}

/** How well a name answers: lower is better. Within one rank the order is the model's own. */
const NOT_AT_ALL = 6;

/** `labels` is undefined when the names are unknown: then classes are called `class 7`. */
export function createClassIndex(size: number, labels: readonly string[] | undefined): ClassIndex {
  const names = Array.from({ length: size }, (_, index) => labels?.[index] ?? `class ${index}`);
  const folded = names.map(fold);
  return {
    size,
    name: (index) => names[index] ?? `class ${index}`,
    search(query) {
      const wanted = fold(query.trim());
      if (wanted === "") return names.map((_, index) => index);
      return folded
        .map((name, index) => ({ index, rank: rankOf(name, index, wanted) }))
        .filter(({ rank }) => rank < NOT_AT_ALL)
        .sort((a, b) => a.rank - b.rank)
        .map(({ index }) => index);
    },
  };
}

/** A name or number itself, its beginning, the beginning of a word in it, any part, all words in any order. */
function rankOf(name: string, index: number, wanted: string): number {
  if (name === wanted || String(index) === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at > 0) return startsWord(name, wanted) ? 2 : 3;
  if (wanted.split(/\s+/).every((word) => name.includes(word))) return 4;
  return /^\d+$/.test(wanted) && String(index).startsWith(wanted) ? 5 : NOT_AT_ALL;
}

function startsWord(name: string, wanted: string): boolean {
  return name.split(/[\s,_-]+/).some((_, word, words) => words.slice(word).join(" ").startsWith(wanted));
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
