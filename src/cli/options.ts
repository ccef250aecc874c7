import type { Argv } from "yargs";
import { UsageError } from "../core/errors.js";
import { STANDARD_CASES } from "../parity/cases.js";
import { DEFAULT_BACKEND } from "../runtime/backends.js";
import { PRECISIONS } from "../storage/plan.js";

/** The checkpoint, first positional of every command. */
export const withModel = <T>(yargs: Argv<T>) =>
  yargs
    .positional("model", {
      type: "string",
      demandOption: true,
      describe:
        "TF Hub module (.tar.gz or folder), PyTorch, HDF5, safetensors or npz file, folder of shards, or export of this tool",
    })
    .option("raw-weights", {
      type: "boolean",
      default: false,
      describe: "Take the raw weights instead of their moving averages",
    });

export const withBackend = <T>(yargs: Argv<T>) =>
  yargs.option("backend", {
    type: "string",
    default: DEFAULT_BACKEND as string,
    describe: "What computes; `biggan-port doctor` lists what runs here",
  });

export const withSampling = <T>(yargs: Argv<T>) =>
  yargs
    .option("seed", { type: "number", default: 0, describe: "Seed of z, as numpy.random.RandomState takes it" })
    .option("truncation", { type: "number", default: 0.5, describe: "0 … 1: less is more typical, 1 is most varied" });

/** A whole number in a range; yargs alone would take 1.5, NaN or a list. */
export function wholeNumber(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}, found ${String(value)}`);
}

export function truncationValue(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new UsageError(`--truncation: expected a number from 0 to 1, found ${String(value)}`);
}

/** Options may be repeated or hold commas: `--backend a,b --backend c`. */
export function list(value: string | readonly string[] | undefined): string[] {
  const values = value === undefined ? [] : typeof value === "string" ? [value] : value;
  return values
    .flatMap((item) => item.split(","))
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

export const withExport = <T>(yargs: Argv<T>) =>
  yargs
    .option("output", {
      alias: "o",
      type: "string",
      demandOption: true,
      describe: "Folder to write, whole or not at all",
    })
    .option("to", { type: "string", array: true, default: ["tfjs"], describe: "Formats: tfjs, onnx, safetensors" })
    .option("dtype", {
      choices: PRECISIONS,
      describe: "Narrowest type of the weights [float32; with --quality or --max-bytes: int8]",
    })
    .option("quality", {
      type: "string",
      describe: "Least likeness to float32 (PSNR): 40dB. The smallest weights that have it",
    })
    .option("max-bytes", { type: "string", describe: "Most bytes of the weights: 30MB. The best that fit" })
    .option("truncation", {
      type: "number",
      describe: "Bake one truncation in: a smaller and faster model without that input",
    })
    .option("passes", {
      type: "string",
      describe: "Rewrites of the graph: default, none, names, or -name to leave one out [default]",
    })
    .option("compute", {
      choices: PRECISIONS,
      describe: "ONNX: arithmetic of the images: int8 for onnxruntime on a processor, float16 for GPUs [float32]",
    })
    .option("goldens", {
      type: "boolean",
      describe: "Golden inputs and outputs, computed in float64 [of small models; port: always]",
    })
    .option("page", {
      type: "boolean",
      describe: "The demo page, so that the folder is a web page; --no-page leaves it out [with tfjs]",
    })
    .option("force", {
      type: "boolean",
      default: false,
      describe: "Replace an output folder that is there, at the end, in one step",
    });

export const withParity = <T>(yargs: Argv<T>) =>
  yargs
    .option("against", {
      type: "string",
      array: true,
      describe:
        "module (its own graph), module:float32 (the same on tfjs, faster), float64 (our graph), REF.npz files, other models [module, float64]",
    })
    .option("backend", { type: "string", array: true, describe: "Back-ends to compare, or all [reference, tfjs-wasm]" })
    .option("cases", {
      type: "number",
      describe: `Inputs to compare on, 1 to ${STANDARD_CASES} [by the model's size]`,
    });
