import { existsSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createWorkspace } from "../../src/io/workspace.js";
import { runChild } from "../helpers/child.js";

const SOURCES = ["io/workspace.ts", "io/cleanup.ts", "io/system-error.ts", "core/errors.ts"];

describe("createWorkspace", () => {
  test("makes a private folder and removes it with all that is in it", async () => {
    const workspace = await createWorkspace();
    await writeFile(path.join(workspace.path, "file"), "x");
    if (process.platform !== "win32") expect((await stat(workspace.path)).mode & 0o777).toBe(0o700);
    await workspace[Symbol.asyncDispose]();
    expect(existsSync(workspace.path)).toBe(false);
    await workspace[Symbol.asyncDispose]();
  });

  test.each([
    "process.exit(9)",
    "setTimeout(() => { throw new Error('fatal') })",
    "Promise.reject(new Error('fatal'))",
  ])("is removed when the process ends by %s", async (end) => {
    await using workspace = await createWorkspace();
    const { code, output } = await runChild(
      workspace.path,
      SOURCES,
      `import { writeFileSync } from "node:fs";
         import { createWorkspace } from "./src/io/workspace.js";
         const { path } = await createWorkspace();
         writeFileSync(path + "/file", "x");
         process.stdout.write(path);
         ${end};`,
    );
    expect(code).not.toBe(0);
    expect(output).toContain("biggan-port-");
    expect(existsSync(output)).toBe(false);
  });
});
