import { readFileSync } from "node:fs";
import { z } from "zod";

/** Two places, because the same file runs from src/ in tests and from dist/src/ when built. */
function packageVersion(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      const parsed = z
        .object({ name: z.literal("biggan-port"), version: z.string() })
        .safeParse(JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")));
      if (parsed.success) return parsed.data.version;
    } catch {
      // Not here: the next place.
    }
  }
  return "unknown";
}

/** Of this package, as package.json has it. */
export const version = packageVersion();
