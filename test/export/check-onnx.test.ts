import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type ExportOnnxOptions, exportOnnx } from "../../src/export/onnx.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import { openModel } from "../../src/mapping/open-model.js";
import { planFloat16Compute } from "../../src/precision/float16-compute.js";
import { planInt8Compute } from "../../src/precision/int8-compute.js";
import { safePlan } from "../../src/precision/safe-plan.js";
import { uniformPlan } from "../../src/storage/plan.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const SCRIPT = fileURLToPath(new URL("../../scripts/check-onnx.py", import.meta.url));

/** A Python that may have the packages; the tests need none. */
const PYTHON = process.env["BIGGAN_PORT_PYTHON"] ?? "python3";

/** What the script ends with when a package is missing, and what is said when there is no Python. */
const MISSING: readonly unknown[] = [77, "ENOENT"];

type Prepared = ReturnType<typeof prepareFormats>[number];

interface Variant {
  readonly name: string;
  readonly passes: string;
  /** Least PSNR against TensorFlow's pictures, where there are fewer bits than in float32. */
  readonly decibels?: number;
  readonly options?: (prepared: Prepared) => Promise<Pick<ExportOnnxOptions, "plan" | "compute">>;
}

const stored =
  (precision: "float16" | "int8") =>
  ({ graph, parameters }: Prepared) =>
    safePlan(graph, parameters, uniformPlan(graph, precision));

const PHASES = "default,-upsample-as-taps,upsample-as-phases";

/** Every form that the exporter writes. */
const VARIANTS: readonly Variant[] = [
  { name: "as it is", passes: "none" },
  { name: "rewritten", passes: "default" },
  { name: "by phases", passes: PHASES },
  { name: "by transposed convolutions", passes: "default,-upsample-as-taps,upsample-as-transposed-conv" },
  { name: "stored in float16", passes: "default", decibels: 60, options: stored("float16") },
  { name: "stored in int8", passes: "default", decibels: 40, options: stored("int8") },
  {
    name: "computing in float16",
    passes: "default",
    // The package's evaluator adds up in float16 too, as no runtime does.
    decibels: 50,
    options: ({ graph, parameters }) => planFloat16Compute(graph, parameters, { backend: "ort-cpu" }),
  },
  {
    name: "computing in int8",
    passes: PHASES,
    decibels: 30,
    options: ({ graph, parameters }) => planInt8Compute(graph, parameters, { quality: 1, samples: 8 }),
  },
];

const MINIS = ["biggan-mini", "biggan-deep-mini"];

test.for(MINIS.flatMap((mini) => VARIANTS.map((variant) => ({ mini, ...variant }))))(
  "$mini $name passes the onnx package's checks, where it is installed",
  async ({ mini, passes, decibels, options }, context) => {
    const { code } = await python([SCRIPT, "--packages"]);
    if (MISSING.includes(code)) {
      context.skip(`${PYTHON}: no onnx, onnxruntime and numpy; set BIGGAN_PORT_PYTHON to one that has them`);
    }
    const folder = await temporaryFolder();
    await using model = await openModel(fixture(`${mini}.tar.gz`));
    for (const prepared of prepareFormats(model, { formats: ["onnx"], passes })) {
      await exportOnnx(prepared.graph, prepared.parameters, folder, await options?.(prepared));
    }
    const least = decibels === undefined ? [] : [String(decibels)];
    const outcome = await python([SCRIPT, join(folder, "model.onnx"), fixture(`${mini}.reference.npz`), ...least]);
    expect(outcome).toMatchObject({ code: 0, said: expect.stringContaining("onnx ReferenceEvaluator: ") });
  },
);

/** Ends with a code; what it said, its complaints included. */
function python(args: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(PYTHON, args, { timeout: 50_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, said: `${stdout}${stderr}` });
    });
  });
}
