import type { z } from "zod";
import type { descriptionSchema } from "./description-schema.js";

/** Where an export's description lies in its folder. */
export const MANIFEST_FILE = "manifest.json";

/** The formats an export can hold. */
export const EXPORT_FORMATS = ["safetensors", "tfjs", "onnx"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a file of weights says of the model it holds. */
export type Description = z.infer<typeof descriptionSchema>;

/** The description as strings by name, for formats whose metadata are strings: text as it is, the rest as JSON. */
export function encodeDescription(description: Description): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(description).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
