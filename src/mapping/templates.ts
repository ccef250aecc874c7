/** Index letters of a template and their values: `{b}` -> "3"; `layer` too, which no target has. */
export type Indices = Readonly<Record<string, string>>;

/** The key of what `{*}` stands for. */
const ANY = "any";

const escapePattern = (text: string) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

/** `block{b}.conv{k}.w` as an anchored pattern; the same letter always stands for the same number, `{*}` for any text. */
export function compileTarget(template: string): RegExp {
  const pattern = escapePattern(template).replace(/\{([a-z])\}/g, "(?<$1>\\d+)");
  return new RegExp(`^${pattern.replace(/\{\\\*\}/g, `(?<${ANY}>.+)`)}$`);
}

/** An ignore template: only `{*}`, any text, is special. */
export function compileIgnore(template: string): RegExp {
  return new RegExp(`^${escapePattern(template).replace(/\{\\\*\}/g, ".+")}$`);
}

/**
 * Every spelling of a source name: TF1 numbers a scope 0 as nothing or `_0`; `suffixes` are the moving-average suffixes that
 * the checkpoint has, none when raw weights are wanted.
 */
export function sourceNames(template: string, indices: Indices, suffixes: readonly string[] | "raw"): string[] {
  if (!template.includes("{")) return [template];
  const filled = template.replace(/\{([a-z]|layer)([+-]1)?\}/g, (_, key: string, step?: string) => {
    const value = indices[key] ?? "";
    return step === undefined ? value : String(Number(value) + Number(step));
  });
  let names = [filled.replaceAll("{*}", () => indices[ANY] ?? "")];
  names = suffixes === "raw" ? names.map((name) => name.replace("/{ema}", "")) : expand(names, "{ema}", suffixes);
  for (const letter in indices) {
    const value = indices[letter] ?? "";
    names = expand(names, `{_${letter}}`, value === "0" ? ["", "_0"] : [`_${value}`]);
  }
  return names;
}

function expand(names: string[], token: string, values: readonly string[]): string[] {
  // Each name has the tokens of the template that all come from.
  if (names[0]?.includes(token) !== true) return names;
  return names.flatMap((name) => values.map((value) => name.replaceAll(token, value)));
}
