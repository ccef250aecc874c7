/** Edits (insert, delete, replace) that turn `a` into `b`: Levenshtein's distance with one row of memory. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The `count` names most like `wanted`, best first; none that differ in more than half of their length. */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const target = wanted.toLowerCase();
  const ranked: { readonly name: string; readonly distance: number }[] = [];
  for (const name of names) {
    const limit = Math.max(target.length, name.length) / 2;
    if (Math.abs(name.length - target.length) > limit) continue;
    const distance = editDistance(target, name.toLowerCase());
    if (distance <= limit) ranked.push({ name, distance });
  }
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, count).map(({ name }) => name);
}
