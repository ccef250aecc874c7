import { readFileSync } from "node:fs";

/** Two places, because the same file runs from src/ in tests and from dist/src/ when built. */
function packageVersion(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"));
      if (typeof parsed === "object" && parsed !== null && "version" in parsed) return String(parsed.version);
    } catch {
      // Not here: the next place.
    }
  }
  return "unknown";
}

/** Of this package, as package.json has it. */
export const version = packageVersion();
