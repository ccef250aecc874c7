import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeModel } from "../../src/export/describe-model.js";
import { exportSafetensors } from "../../src/export/safetensors.js";
import { encodeDescription } from "../../src/formats/description/description.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { createWorkspace, type Workspace } from "../../src/io/workspace.js";
import { openModel } from "../../src/mapping/open-model.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { golden } from "../helpers/golden.js";
import { bigganHere } from "../helpers/program.js";

const MODULE = golden("modules/biggan-if.tar.gz");
const TAPS = golden("modules/biggan-if.reference-taps.npz");

let workspace: Workspace;
const at = (...path: string[]) => join(workspace.path, ...path);

beforeAll(async () => {
  workspace = await createWorkspace();
});

afterAll(() => workspace[Symbol.asyncDispose]());

async function succeed(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await bigganHere(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

describe.each([
  ["with its truncation", "free", undefined],
  ["with the truncation baked in", "baked", 0.5],
] as const)("an export that was rewritten, %s", (_, name, truncation) => {
  const model = () => at(name, "weights.safetensors");

  beforeAll(async () => {
    await using original = await openModel(MODULE);
    const passes = defaultPasses("tfjs");
    const { graph, derived } = runPasses(original.graph, passes, { truncation });
    const { model: about, ...plain } = describeModel(original);
    const baked = truncation === undefined ? about.truncation : ({ kind: "baked", value: truncation } as const);
    const description = {
      ...plain,
      model: { ...about, truncation: baked },
      passes: passes.map((pass) => pass.name),
    };
    await mkdir(at(name));
    const parameters = derivedParameters(original.parameters(), derived);
    await exportSafetensors(graph, parameters, at(name), { metadata: encodeDescription(description) });
  });

  it("is inspected, checked, sampled and interpolated", async () => {
    await succeed(["inspect", model(), "--verify"]);
    expect(await succeed(["check", model()])).toContain("biggan-port fits");
    await succeed(["sample", model(), "-o", at(name, "grid.png"), "--count", "1"]);
    await succeed(["interpolate", model(), "-o", at(name, "strip.png"), "--from", "0", "--to", "1", "--steps", "2"]);
  });

  it("runs as the module does", async () => {
    // TensorFlow's pictures at truncation 0.5.
    const output = at(name, "out.npz");
    await succeed(["run", model(), "--inputs", TAPS, "--output", output, "--backend", "tfjs-wasm"]);
    const [wanted, found] = [
      (await readNpz(TAPS)).get("image")?.data ?? [],
      (await readNpz(output)).get("image")?.data,
    ];
    expect(found?.length).toBe(wanted.length);
    const worst = Math.max(...Array.from(wanted, (value, index) => Math.abs(value - (found?.[index] ?? Number.NaN))));
    expect(worst).toBeLessThan(2e-4);
  });

  it("is compared, and converted to an export that opens", async () => {
    expect(await succeed(["parity", model(), "--cases", "1"])).toMatch(/Is the runtime right\? +Yes/);
    await succeed(["convert", model(), "-o", at(name, "converted")]);
    await succeed(["check", at(name, "converted")]);
    await succeed(["port", model(), "-o", at(name, "ported"), "--cases", "1"]);
    await succeed(["check", at(name, "ported", "tfjs")]);
  });
});
