import { existsSync, readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { isPortError } from "../../src/core/errors.js";
import { fixture } from "./fixtures.js";

const schema = z.record(z.string(), z.object({ code: z.string(), message: z.string() }));

/** fixtures/broken/expected.json: what each damaged file must be answered with, paths cut to the file's name. */
export const EXPECTED = schema.parse(JSON.parse(readFileSync(fixture("broken/expected.json"), "utf8")));

const ENDINGS = { archives: ".tar.gz", safetensors: ".safetensors" } as const;

/** The damaged archives, the damaged safetensors files, or the damaged checkpoints (folders). */
export function brokenFixtures(kind: "archives" | "safetensors" | "folders"): string[] {
  const items = readdirSync(fixture("broken"), { withFileTypes: true });
  const wanted = items.filter(({ name }) => (kind === "folders" ? isCheckpoint(name) : name.endsWith(ENDINGS[kind])));
  return wanted.map((item) => item.name).sort();
}

/** Other folders hold the damaged files of one format, each folder with its own expected.json. */
function isCheckpoint(name: string): boolean {
  return existsSync(fixture(`broken/${name}/variables.index`));
}

/** The damaged files of `fixtures/broken/<format>` with what each must be answered with; every file has its answer, and every answer its file. */
export function brokenFiles(format: string): [name: string, answer: { code: string; message: string }][] {
  const files = readdirSync(fixture(`broken/${format}`)).filter((name) => name !== "expected.json");
  const answers = schema.parse(JSON.parse(readFileSync(fixture(`broken/${format}/expected.json`), "utf8")));
  if (files.sort().join() !== Object.keys(answers).sort().join())
    throw new Error(`broken/${format}: files and answers differ`);
  return Object.entries(answers);
}

/** How the failure of `work` reads in expected.json, or `undefined` when it does not fail. Other errors pass through. */
export async function answerOf(work: () => Promise<unknown>) {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isPortError(error)) throw error;
    return { code: error.code, message: error.message.replaceAll(/(?<=^|[ (])\/\S*\//g, "") };
  }
}
