import { createSeedField, createSlider, hundredths, type SeedField, type Slider } from "../fields.js";
import { LIMITS, type Store } from "../state.js";

const STEP = 0.01;

/** The slider that trades variety for quality. */
export function truncationField(
  store: Store,
  key: "truncation" | "second" = "truncation",
  label = "Truncation",
): Slider {
  return createSlider({
    label,
    range: LIMITS.truncation,
    step: STEP,
    format: hundredths,
    ...(key === "truncation" ? { hint: "Low: typical and clean. High: varied and wild." } : {}),
    onInput: (value) => store.set({ [key]: value }),
  });
}

export function seedField(store: Store): SeedField {
  return createSeedField("Seed", (seed) => store.set({ seed, zoom: undefined }));
}

export function countField(store: Store, label = "Pictures"): Slider {
  return createSlider({ label, range: LIMITS.count, onInput: (count) => store.set({ count, zoom: undefined }) });
}
