import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink, writeFile as write } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ExportError, UsageError } from "../../src/core/errors.js";
import { writeFile, writeFolder } from "../../src/io/atomic-output.js";
import { createWorkspace } from "../../src/io/workspace.js";
import { runChild } from "../helpers/child.js";

const SOURCES = ["io/atomic-output.ts", "io/cleanup.ts", "io/system-error.ts", "core/errors.ts"];

const fill = (content: string) => async (folder: string) => {
  await mkdir(path.join(folder, "sub"));
  await write(path.join(folder, "sub", "file"), content);
  return content.length;
};

/** A folder with an output of an earlier run in it. */
async function withOld(work: (target: string, parent: string) => Promise<void>) {
  await using workspace = await createWorkspace();
  const target = path.join(workspace.path, "out");
  await mkdir(target);
  await write(path.join(target, "old"), "old");
  await work(target, workspace.path);
}

describe("writeFolder", () => {
  test("makes the folder and its parents appear, and passes the result on", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "a", "b", "out");
    expect(await writeFolder(target, {}, fill("new"))).toBe(3);
    expect(await readFile(path.join(target, "sub", "file"), "utf8")).toBe("new");
    expect(await readdir(path.dirname(target))).toEqual(["out"]);
  });

  test("shows nothing until the end", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "out");
    await writeFolder(target, {}, async (folder) => {
      expect(path.dirname(folder)).toBe(workspace.path);
      expect(path.basename(folder)).toMatch(new RegExp(`^\\.out\\.partial-${process.pid}-[0-9a-f]+$`));
      expect(existsSync(target)).toBe(false);
    });
    expect(await readdir(target)).toEqual([]);
  });

  test("takes the place of an empty folder", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "out");
    await mkdir(target);
    await writeFolder(target, {}, fill("new"));
    expect(await readdir(target)).toEqual(["sub"]);
  });

  test("refuses a folder that is not empty, before any work", () =>
    withOld(async (target) => {
      const work = writeFolder(target, {}, async () => expect.unreachable());
      await expect(work).rejects.toThrow(`${target}: this folder is not empty`);
      expect(await readdir(target)).toEqual(["old"]);
    }));

  test("replaces it with force, at the end", () =>
    withOld(async (target, parent) => {
      await writeFolder(target, { force: true }, async (folder) => {
        await fill("new")(folder);
        expect(await readdir(target)).toEqual(["old"]);
      });
      expect(await readdir(target)).toEqual(["sub"]);
      expect(await readdir(parent)).toEqual(["out"]);
    }));

  test("leaves everything as it was when the work fails", () =>
    withOld(async (target, parent) => {
      const work = writeFolder(target, { force: true }, async (folder) => {
        await fill("new")(folder);
        throw new Error("failed");
      });
      await expect(work).rejects.toThrow("failed");
      expect(await readdir(target)).toEqual(["old"]);
      expect(await readdir(parent)).toEqual(["out"]);
    }));

  test("removes the parents it made when the work fails, and no others", async () => {
    await using workspace = await createWorkspace();
    await mkdir(path.join(workspace.path, "there"));
    const target = path.join(workspace.path, "there", "a", "b", "out");
    await expect(writeFolder(target, {}, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(await readdir(workspace.path)).toEqual(["there"]);
    expect(await readdir(path.join(workspace.path, "there"))).toEqual([]);
  });

  test("leaves nothing when aborted", async () => {
    await using workspace = await createWorkspace();
    const controller = new AbortController();
    const work = writeFolder(path.join(workspace.path, "out"), { signal: controller.signal }, async () =>
      controller.abort(),
    );
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    expect(await readdir(workspace.path)).toEqual([]);
  });

  test("puts the old folder back when the new one cannot take its place", () =>
    withOld(async (target, parent) => {
      const work = writeFolder(target, { force: true }, async (folder) => {
        await rm(folder, { recursive: true });
      });
      await expect(work).rejects.toBeInstanceOf(ExportError);
      expect(await readdir(target)).toEqual(["old"]);
      expect(await readdir(parent)).toEqual(["out"]);
    }));

  test("does not overwrite what appeared meanwhile", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "out");
    const work = writeFolder(target, {}, async () => {
      await mkdir(target);
      await write(path.join(target, "other"), "x");
    });
    await expect(work).rejects.toBeInstanceOf(UsageError);
    expect(await readdir(target)).toEqual(["other"]);
    expect(await readdir(workspace.path)).toEqual(["out"]);
  });

  test.skipIf(process.platform === "win32")("replaces what a link points to, not the link", () =>
    withOld(async (target, parent) => {
      await symlink(target, path.join(parent, "link"));
      await writeFolder(path.join(parent, "link"), { force: true }, fill("new"));
      expect(await readdir(target)).toEqual(["sub"]);
    }),
  );

  test("words a place that cannot be written", async () => {
    await using workspace = await createWorkspace();
    const file = path.join(workspace.path, "file");
    await write(file, "x");
    await expect(writeFolder(path.join(file, "out"), {}, fill("new"))).rejects.toBeInstanceOf(ExportError);
    await expect(writeFolder(file, { force: true }, fill("new"))).rejects.toBeInstanceOf(UsageError);
    await expect(writeFolder(path.parse(file).root, { force: true }, fill("new"))).rejects.toBeInstanceOf(UsageError);
    expect(await readFile(file, "utf8")).toBe("x");
  });

  test("leaves nothing when the process exits in the middle", async () => {
    await using workspace = await createWorkspace();
    const outputs = path.join(workspace.path, "outputs");
    await mkdir(path.join(outputs, "old"), { recursive: true });
    await write(path.join(outputs, "old", "file"), "old");
    const { code } = await runChild(
      workspace.path,
      SOURCES,
      `import { writeFileSync } from "node:fs";
       import { writeFolder } from "./src/io/atomic-output.js";
       const exit = async (folder) => { writeFileSync(folder + "/file", "new"); process.exit(9); };
       const wait = async (folder) => { writeFileSync(folder + "/file", "new"); await new Promise(() => {}); };
       writeFolder("outputs/old", { force: true }, wait);
       await new Promise((resolve) => setTimeout(resolve, 100));
       await writeFolder("outputs/made/new", {}, exit);`,
    );
    expect(code).toBe(9);
    expect(await readdir(outputs)).toEqual(["old"]);
    expect(await readFile(path.join(outputs, "old", "file"), "utf8")).toBe("old");
  });
});

describe("writeFile", () => {
  test("replaces a file unless told not to", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "a", "grid.png");
    await writeFile(target, "one");
    await writeFile(target, "two");
    await expect(writeFile(target, "three", { force: false })).rejects.toBeInstanceOf(UsageError);
    expect(await readFile(target, "utf8")).toBe("two");
    expect(await readdir(path.dirname(target))).toEqual(["grid.png"]);
  });

  test("leaves nothing when aborted or when a folder is in the way", async () => {
    await using workspace = await createWorkspace();
    const target = path.join(workspace.path, "a", "grid.png");
    const work = writeFile(target, "one", { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    expect(await readdir(workspace.path)).toEqual([]);
    await expect(writeFile(workspace.path, "one")).rejects.toBeInstanceOf(UsageError);
  });
});
