import { isPortError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import type { Adapter, Runtime } from "./runtime.js";

export interface OpenRuntimeOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a back-end that is there computes with. */
export interface BackendFacts {
  /** Versions, threads, adapter. */
  readonly detail: string;
  readonly adapter?: Adapter;
}

/** Whether a back-end can run here; if not, why, and the command that adds it where there is one. */
export type Availability =
  | ({ readonly ok: true } & BackendFacts)
  | { readonly ok: false; readonly reason: string; readonly command?: string };

/** One way to run a graph. */
export interface Backend {
  /** `this process`, `a process of its own`, `Chromium`. */
  readonly where: string;
  /** Tries it as far as that is quick: packages found, adapter asked for, browser started. Rejects only when aborted or broken. */
  available(): Promise<Availability>;
  /** Loads the back-end's code only now, and the graph's parameters into it. */
  open(graph: Graph, parameters: ParameterSource, options: OpenRuntimeOptions): Promise<Runtime>;
}

/** The answer of a probe that throws a BackendError with the command as its hint. */
export async function availability(name: string, probe: () => Promise<BackendFacts>): Promise<Availability> {
  try {
    return { ok: true, ...(await probe()) };
  } catch (error) {
    if (!isPortError(error) || error.code !== "backend") throw error;
    const reason = error.message.replace(`${name}: `, "");
    return { ok: false, reason, ...(error.hint === undefined ? {} : { command: error.hint }) };
  }
}
