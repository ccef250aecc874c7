import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InterruptedError, isPortError } from "../../src/core/errors.js";
import { unpackTarGz } from "../../src/io/unpack-tar-gz.js";
import { createWorkspace } from "../../src/io/workspace.js";
import { answerOf, brokenFixtures, EXPECTED } from "../helpers/broken.js";
import { fixture } from "../helpers/fixtures.js";
import { smallTar } from "../helpers/small-tar.js";

const MODULE = fixture("biggan-mini.tar.gz");

/** SHA-256 of what GNU tar 1.34 unpacks. */
const MODULE_FILES = {
  "saved_model.pb": "cd9f7aa92326a3ff68e153943f27bf41585d8d68112b16a0bf64585fb5c54191",
  "tfhub_module.pb": "2d88972e9536ba54deed37db380728b3c58eab9bca1d173ae523098b0774cdf5",
  "variables/variables.data-00000-of-00001": "17ec50acd39856dea56a7deac496ead1cb0fdda3bc7c566cafc1c98298cb7eb8",
  "variables/variables.index": "b5c583c754a2bf818218dc6eae437df49fb01f281e8252e91008d70b50ce4856",
};

/** A folder whose every other child would be an escape. */
async function sandbox(root: string) {
  const into = path.join(root, "outer", "into");
  await mkdir(into, { recursive: true });
  async function expectEmpty() {
    expect(await readdir(into)).toEqual([]);
    expect(await readdir(path.dirname(into))).toEqual(["into"]);
  }
  return { into, expectEmpty };
}

describe("unpackTarGz", () => {
  test("writes what GNU tar writes, and tells how far it is", async () => {
    await using workspace = await createWorkspace();
    const told: number[] = [];
    const names = await unpackTarGz(MODULE, workspace.path, {
      onProgress: ({ bytes, total }) => told.push(bytes / total),
    });
    const found = await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(path.join(workspace.path, name));
        return [name, createHash("sha256").update(bytes).digest("hex")];
      }),
    );
    expect(Object.fromEntries(found)).toEqual(MODULE_FILES);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test("writes only what is accepted", async () => {
    await using workspace = await createWorkspace();
    const names = await unpackTarGz(MODULE, workspace.path, { accept: (name) => name.endsWith(".pb") });
    expect(names).toEqual(["saved_model.pb", "tfhub_module.pb"]);
    expect((await readdir(workspace.path)).sort()).toEqual(["saved_model.pb", "tfhub_module.pb"]);
  });

  test("reads long and non-ASCII names", async () => {
    await using workspace = await createWorkspace();
    const names = [`${"folder/".repeat(30)}file`, "名前/é"];
    const archive = path.join(workspace.path, "a.tar.gz");
    await writeFile(archive, gzipSync(await smallTar(names.map((name) => ({ name, content: name })))));
    expect(await unpackTarGz(archive, path.join(workspace.path, "into"))).toEqual(names);
    for (const name of names) expect(await readFile(path.join(workspace.path, "into", name), "utf8")).toBe(name);
  });

  test.each(brokenFixtures("archives"))("refuses %s and leaves nothing", async (name) => {
    await using workspace = await createWorkspace();
    const { into, expectEmpty } = await sandbox(workspace.path);
    expect(await answerOf(() => unpackTarGz(fixture(`broken/${name}`), into))).toEqual(EXPECTED[name]);
    await expectEmpty();
  });

  test("refuses to inflate without end, before it is written", async () => {
    await using workspace = await createWorkspace();
    const { into, expectEmpty } = await sandbox(workspace.path);
    const bomb = path.join(workspace.path, "bomb.tar.gz");
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await writeFile(
      bomb,
      Buffer.concat([gzipSync(await smallTar([{ name: "a", content: "a" }])), zeros, zeros, zeros]),
    );
    expect(await answerOf(() => unpackTarGz(bomb, into, { maxBytes: 100_000 }))).toEqual({
      code: "format",
      message: "bomb.tar.gz: gzip: expected at most 100000 bytes when unpacked, found more than 100000 bytes",
    });
    await expectEmpty();
  });

  test.each([0, 1, 2])("stops at once when aborted after %i reports, and removes what it wrote", async (reports) => {
    await using workspace = await createWorkspace();
    const { into, expectEmpty } = await sandbox(workspace.path);
    const controller = new AbortController();
    let seen = 0;
    if (reports === 0) controller.abort();
    function onProgress() {
      seen += 1;
      if (seen === reports) controller.abort();
    }
    const work = unpackTarGz(MODULE, into, { signal: controller.signal, onProgress });
    await expect(work).rejects.toBeInstanceOf(InterruptedError);
    expect(seen).toBeLessThanOrEqual(reports + 1);
    await expectEmpty();
  });

  test("answers any damaged archive with a good result or a FormatError, and never leaves its folder", async () => {
    await using workspace = await createWorkspace();
    const { into } = await sandbox(workspace.path);
    const good = await smallTar([
      { name: "saved_model.pb", content: "a".repeat(700) },
      { name: `variables/${"long".repeat(40)}`, content: "b" },
      { name: "名", content: "" },
    ]);
    const archive = path.join(workspace.path, "a.tar.gz");
    const edits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const cut = fc.option(fc.nat(good.length), { nil: good.length });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(edits, cut, fc.boolean(), async (changes, length, inside) => {
        const bytes = inside ? Buffer.from(good) : gzipSync(good);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const end = Math.min(length, bytes.length);
        await writeFile(archive, inside ? gzipSync(bytes.subarray(0, end)) : bytes.subarray(0, end));
        const target = path.join(into, `${run++}`);
        try {
          await unpackTarGz(archive, target, { maxBytes: 1_000_000 });
        } catch (error) {
          if (!isPortError(error)) throw error;
          expect(error).toMatchObject({ code: "format" });
          await expect(readdir(target)).rejects.toThrow();
        }
        expect(await readdir(path.dirname(into))).toEqual(["into"]);
      }),
      { numRuns: 400 },
    );
  });
});
