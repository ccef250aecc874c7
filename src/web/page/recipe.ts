import { hundredths } from "./fields.js";
import type { PageState } from "./state.js";
import { counted, slug } from "./words.js";

/** What a picture was drawn from, in words. */
export interface Recipe {
  /** `golden retriever`, `0.5 tench + 0.5 goldfish` */
  readonly title: string;
  /** Label and value, in reading order. */
  readonly lines: readonly (readonly [label: string, value: string])[];
}

/** A picture with its recipe; no picture while it is drawn. */
export interface Drawn {
  readonly recipe: Recipe;
  readonly picture: ImageData | undefined;
  readonly milliseconds: number | undefined;
}

/** The recipe of one of the pictures that one stream of random numbers gives. */
export function sampleRecipe(title: string, seed: number, index: number, truncation: number): Recipe {
  return {
    title,
    lines: [
      ["Seed", String(seed)],
      ["Picture", `${index + 1} of this seed`],
      ["Truncation", hundredths(truncation)],
    ],
  };
}

/** `golden retriever, seed 42, picture 3 of this seed, truncation 0.50` */
export function recipeInWords({ title, lines }: Recipe): string {
  return [title, ...lines.map(([label, value]) => `${label.toLowerCase()} ${value}`)].join(", ");
}

/** A file's name without its ending. */
export function recipeFileName(recipe: Recipe): string {
  return slug(recipeInWords(recipe).replace(" of this seed", ""));
}

/** What all pictures of a view share, in a line below its title. */
export function stateInWords({ view, from, to, seed, truncation, second, count, steps }: PageState): string {
  if (view === "morph") {
    return `seeds ${from.seed} → ${to.seed} · truncation ${hundredths(truncation)} · ${counted(steps, "step")}`;
  }
  const truncations = [truncation, ...(view === "compare" ? [second] : [])].map(hundredths).join(" and ");
  return `seed ${seed} · truncation ${truncations} · ${counted(count, "picture")}${view === "compare" ? " a side" : ""}`;
}
