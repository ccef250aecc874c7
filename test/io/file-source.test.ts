import { execFileSync } from "node:child_process";
import { chmod, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { openFile } from "../../src/io/file-source.js";
import { createWorkspace } from "../../src/io/workspace.js";
import { answerOf } from "../helpers/broken.js";

async function withFile(work: (file: string) => Promise<void>) {
  await using workspace = await createWorkspace();
  const file = path.join(workspace.path, "file.bin");
  await writeFile(
    file,
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
  await work(file);
}

describe("openFile", () => {
  test("reads exactly the range asked for", () =>
    withFile(async (file) => {
      await using source = await openFile(file);
      expect(source).toMatchObject({ name: file, byteLength: 100 });
      expect(await source.slice(10, 13)).toEqual(Uint8Array.of(10, 11, 12));
      expect(await source.slice(100, 100)).toEqual(new Uint8Array());
      expect(source.sliceNow(98, 100)).toEqual(Uint8Array.of(98, 99));
    }));

  test.each([
    [-1, 2],
    [5, 4],
    [0, 101],
    [0.5, 2],
  ])("refuses the range %d to %d", (start, end) =>
    withFile(async (file) => {
      await using source = await openFile(file);
      expect(await answerOf(() => source.slice(start, end))).toMatchObject({
        code: "format",
        message: expect.stringContaining("expected a range inside the 100 bytes of the file, found bytes"),
      });
      expect(() => source.sliceNow(start, end)).toThrow("expected a range inside the 100 bytes of the file");
    }),
  );

  test("stops when aborted", () =>
    withFile(async (file) => {
      await using source = await openFile(file);
      expect(await answerOf(() => source.slice(0, 10, { signal: AbortSignal.abort() }))).toMatchObject({
        code: "interrupted",
      });
    }));

  test("says when the file shrinks while it is open", () =>
    withFile(async (file) => {
      await using source = await openFile(file);
      await truncate(file, 50);
      expect(await answerOf(() => source.slice(0, 100))).toEqual({
        code: "format",
        message:
          "file.bin at byte 50: bytes: expected 100 bytes, as when the file was opened, found the end of the file",
      });
    }));

  test("words what cannot be opened", async () => {
    await using workspace = await createWorkspace();
    const missing = path.join(workspace.path, "missing");
    expect(await answerOf(() => openFile(missing))).toEqual({
      code: "format",
      message: "missing: file: expected a readable file, found no such file or folder (ENOENT)",
    });
    const folder = path.basename(workspace.path);
    expect(await answerOf(() => openFile(workspace.path))).toEqual({
      code: "format",
      message: `${folder}: file: expected a file, found a folder`,
    });
  });

  test.skipIf(process.platform === "win32")("does not wait for a named pipe", async () => {
    await using workspace = await createWorkspace();
    const pipe = path.join(workspace.path, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(await answerOf(() => openFile(pipe))).toEqual({
      code: "format",
      message: "pipe: file: expected a file, found a device, pipe or socket",
    });
  });

  // Root may read everything.
  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("says when permission is missing", () =>
    withFile(async (file) => {
      await chmod(file, 0);
      expect(await answerOf(() => openFile(file))).toEqual({
        code: "format",
        message: "file.bin: file: expected a readable file, found no permission (EACCES)",
      });
    }),
  );
});
