import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { exportOnnx } from "../../src/export/onnx.js";
import { openModel } from "../../src/mapping/open-model.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const SCRIPT = fileURLToPath(new URL("../../scripts/check-onnx.py", import.meta.url));

/** A Python that may have the packages; the tests need none. */
const PYTHON = process.env["BIGGAN_PORT_PYTHON"] ?? "python3";

/** What the script ends with when a package is missing, and what is said when there is no Python. */
const MISSING: readonly unknown[] = [77, "ENOENT"];

test.for(["biggan-mini", "biggan-deep-mini"])(
  "%s passes the onnx package's checks, where it is installed",
  async (name, context) => {
    const folder = await temporaryFolder();
    await using model = await openModel(fixture(`${name}.tar.gz`));
    await exportOnnx(model.graph, model.parameters(), folder);
    const args = [SCRIPT, join(folder, "model.onnx"), fixture(`${name}.reference.npz`)];
    const outcome = await promisify(execFile)(PYTHON, args, { timeout: 50_000 }).catch(
      (error: { readonly code?: unknown; readonly stderr?: string }) => error,
    );
    if ("code" in outcome && MISSING.includes(outcome.code)) {
      context.skip(`${PYTHON}: no onnx, onnxruntime and numpy; set BIGGAN_PORT_PYTHON to one that has them`);
    }
    expect(outcome).toMatchObject({ stdout: expect.stringContaining("onnx ReferenceEvaluator: ") });
  },
);
