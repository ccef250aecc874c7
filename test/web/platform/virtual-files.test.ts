import * as nodeFs from "node:fs";
import * as nodePromises from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as webFs from "../../../src/web/platform/node-fs.js";
import * as webPromises from "../../../src/web/platform/node-fs-promises.js";

/** What the readers use of Node's file system. */
interface Disk
  extends Pick<
    typeof webPromises,
    "lstat" | "mkdir" | "mkdtemp" | "open" | "readdir" | "realpath" | "rm" | "rmdir" | "stat"
  > {
  readFile(path: string, options?: { readonly encoding: "utf8" }): Promise<string | Uint8Array>;
  readonly readSync: typeof webFs.readSync;
}

const NODE: Disk = { ...nodePromises, readSync: nodeFs.readSync };
const WEB: Disk = { ...webPromises, readSync: webFs.readSync };

const { O_RDONLY } = webFs.constants;

let nodeFolder = "";
let webFolder = "";
beforeEach(async () => {
  nodeFolder = await NODE.mkdtemp(join(tmpdir(), "biggan-port-test-"));
  webFolder = await WEB.mkdtemp("/scratch/biggan-port-test-");
});
afterEach(async () => {
  await NODE.rm(nodeFolder, { recursive: true, force: true });
  await WEB.rm(webFolder, { recursive: true, force: true });
});

/** What a call gives, or how it fails, without the name of the folder it was in. */
async function outcome(disk: Disk, folder: string, work: Work): Promise<unknown> {
  const plain = (value: unknown) => (typeof value === "string" ? value.replaceAll(folder, "") : value);
  try {
    return plain(await work(disk, folder));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: Reflect.get(error, "code"), message: plain(error.message) };
  }
}

type Work = (disk: Disk, folder: string) => Promise<unknown>;

/** The same calls on both, each in a folder of its own. */
async function expectSame(work: Work): Promise<void> {
  expect(await outcome(WEB, webFolder, work)).toEqual(await outcome(NODE, nodeFolder, work));
}

async function write({ open }: Disk, path: string, ...parts: string[]): Promise<void> {
  const handle = await open(path, "wx");
  for (const part of parts) await handle.writeFile(new TextEncoder().encode(part));
  await handle.close();
}

const described = async (stats: ReturnType<Disk["stat"]>) => {
  const found = await stats;
  return [found.isFile(), found.isDirectory(), found.isFile() ? found.size : undefined];
};

it("what is written in parts is read back, whole, as text, and at any place", async () => {
  await expectSame(async (disk, folder) => {
    await write(disk, join(folder, "a"), "one ", "", "two ", "three");
    const handle = await disk.open(join(folder, "a"), O_RDONLY);
    const reads = [
      [0, 5],
      [3, 8],
      [9, 20],
      [13, 4],
      [40, 4],
    ].map(([position = 0, length = 0]) => {
      const bytes = new Uint8Array(24);
      const count = disk.readSync(handle.fd, bytes, 2, length, position);
      return [count, new TextDecoder().decode(bytes)];
    });
    const stats = await described(handle.stat());
    await handle.close();
    const whole = new Uint8Array(await disk.readFile(join(folder, "a")).then((bytes) => Buffer.from(bytes)));
    return [reads, stats, whole, await disk.readFile(join(folder, "a"), { encoding: "utf8" })];
  });
});

it("folders are made with their parents, listed, looked up and removed", async () => {
  await expectSame(async (disk, folder) => {
    const made = await disk.mkdir(join(folder, "x/y/z"), { recursive: true });
    const again = await disk.mkdir(join(folder, "x/y"), { recursive: true });
    await write(disk, join(folder, "x/y/b"), "b");
    await write(disk, join(folder, "x/a"), "a");
    const names = (await disk.readdir(join(folder, "x"))).sort();
    const stats = [await described(disk.stat(join(folder, "x"))), await described(disk.lstat(`${folder}//x/./a`))];
    const real = await disk.realpath(`${folder}/x/y/../a`);
    await disk.rmdir(join(folder, "x/y/z"));
    await disk.rm(join(folder, "x/y"), { recursive: true, force: true });
    await disk.rm(join(folder, "nowhere"), { recursive: true, force: true });
    const left = await disk.readdir(join(folder, "x"));
    return [made?.replace(folder, ""), again, names, stats, real.endsWith("/x/a"), left];
  });
});

const FAILURES: readonly (readonly [string, Work])[] = [
  ["a file that is missing", ({ open }, folder) => open(join(folder, "none"), O_RDONLY)],
  ["its state", ({ stat }, folder) => stat(join(folder, "none"))],
  ["its content", ({ readFile }, folder) => readFile(join(folder, "none"))],
  ["its folder", ({ open }, folder) => open(join(folder, "none/a"), "wx")],
  ["a folder that is missing", ({ readdir }, folder) => readdir(join(folder, "none"))],
  ["a file taken for a folder", ({ stat }, folder) => stat(join(folder, "file/a"))],
  ["a list of a file", ({ readdir }, folder) => readdir(join(folder, "file"))],
  ["a folder where a file is", ({ mkdir }, folder) => mkdir(join(folder, "file"), { recursive: true })],
  ["a folder below a file", ({ mkdir }, folder) => mkdir(join(folder, "file/a/b"), { recursive: true })],
  ["a file where a file is", ({ open }, folder) => open(join(folder, "file"), "wx")],
  ["a file where a folder is", ({ open }, folder) => open(join(folder, "folder"), "wx")],
  ["removing a folder that is not empty", ({ rmdir }, folder) => rmdir(join(folder, "folder"))],
];

it.each(FAILURES)("fails alike: %s", async (_, work) => {
  await expectSame(async (disk, folder) => {
    await disk.mkdir(join(folder, "folder/inner"), { recursive: true });
    await write(disk, join(folder, "file"), "a");
    return await work(disk, folder);
  });
});

it("a folder opens, as in Node, but has no bytes", async () => {
  const handle = await WEB.open(webFolder, O_RDONLY);
  expect((await handle.stat()).isDirectory()).toBe(true);
  expect(() => WEB.readSync(handle.fd, new Uint8Array(1), 0, 1, 0)).toThrow("EISDIR");
  await handle.close();
  expect(() => WEB.readSync(handle.fd, new Uint8Array(1), 0, 1, 0)).toThrow("EBADF");
});
