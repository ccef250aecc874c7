import { fileURLToPath } from "node:url";

/** The path of a committed fixture, wherever the tests are started. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}
