import { packageEntry, packageVersion } from "../packages.js";
import type { TfjsBackend } from "./engine.js";

export const DESCRIPTIONS = {
  "tfjs-wasm": "WebAssembly (XNNPACK), 1 thread",
  "tfjs-cpu": "plain JavaScript",
} as const satisfies Record<TfjsBackend, string>;

/** What a back-end of this process computes with, without loading tfjs. */
export function describeTfjs(backend: TfjsBackend): string {
  const entry = packageEntry("@tensorflow/tfjs-core");
  const version = entry === undefined ? undefined : packageVersion(entry);
  return `tfjs ${version ?? "of unknown version"}, ${DESCRIPTIONS[backend]}, float32`;
}
