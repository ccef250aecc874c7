import type { Argv } from "yargs";
import { type Model, type OpenModelOptions, openModel } from "../mapping/open-model.js";
import type { Session } from "./session.js";

/** The parser before a command adds its own options. */
export type Parser = Argv<{ json: boolean; quiet: boolean; timings: boolean }>;

/** Makes the session once the options are known. */
export type OpenSession = (quiet: boolean) => Session;

export interface ModelArguments {
  readonly model: string;
  readonly rawWeights: boolean;
}

/** Opens the model with progress, says its warnings, and closes it after `work`, whatever happens. */
export async function withOpenModel<T>(
  { model, rawWeights }: ModelArguments,
  session: Session,
  work: (model: Model) => Promise<T>,
  { role, thread }: Pick<OpenModelOptions, "role" | "thread"> = {},
): Promise<T> {
  const progress = session.progress("unpacking");
  let opened: Model;
  try {
    opened = await openModel(model, {
      weights: rawWeights ? "raw" : "ema",
      role,
      thread,
      signal: session.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.stop();
  }
  try {
    for (const warning of opened.warnings) session.note(`warning: ${warning}`);
    return await work(opened);
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}
