import type { WebBackend } from "../index.js";

export const BACKEND_NAMES: Readonly<Record<WebBackend, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
};

const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** `812 bytes`, `12.3 MB` */
export function bytesInWords(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** unit;
  return `${unit === 0 ? bytes : value.toFixed(value < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

/** `under a second`, `12 s`, `3 min` */
export function secondsInWords(seconds: number): string {
  if (seconds < 1) return "under a second";
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** `0.4 ms`, `38 ms`, `2.1 s` */
export function millisecondsInWords(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** `1 picture`, `3 pictures` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Part of a file's name: letters and digits with dashes. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
}

/** SHA-256, of which the first digits tell as much. */
const HASH = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;

/** What a visitor reads of a failure: what it says, then what to do. */
export function failureInWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : "";
  const text = (error.message === "" ? error.name : error.message).replaceAll(HASH, "$1…");
  return hint === "" || text.includes(hint) ? text : `${text.replace(/\.?$/, ".")} ${hint}`;
}

/** Whether work ended because somebody no longer wanted it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** `1.2 million`, `70 million`, `3,456` */
export function manyInWords(count: number): string {
  if (count < 1e6) return count.toLocaleString("en");
  return `${(count / 1e6).toFixed(count < 1e7 ? 1 : 0)} million`;
}
