// The modules that are measured: forged once, then reused.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { appendFile, copyFile, rename, truncate } from "node:fs/promises";
import { join } from "node:path";
import { venvProgram } from "./venvs.mjs";

/**
 * A module of a published size with random weights, as a folder and as .tar.gz. `structure` is the forge's; by default the statistics go
 * straight from their tables to the batch norms, the only structure that all rivals can read. `bytes` is a file as large as what has to be read
 * of it: graph, index and moving averages.
 */
export async function moduleOf(size, { root, work, venvs }, structure = "pure") {
  const parent = join(work, "modules");
  const name = structure === "pure" ? size : `${size}-${structure}`;
  const folder = join(parent, name);
  if (!existsSync(`${folder}.tar.gz`)) forge(size, folder, structure, { root, venvs, parent });
  const { parameters } = JSON.parse(readFileSync(`${folder}.json`, "utf8"));
  const files = [
    "saved_model.pb",
    "tfhub_module.pb",
    "variables/variables.index",
    "variables/variables.data-00000-of-00001",
  ];
  const bytes = await floorFile(folder, 4 * parameters);
  return {
    name,
    size,
    structure,
    parameters,
    folder,
    archive: `${folder}.tar.gz`,
    bytes,
    files: files.map((file) => join(folder, file)),
    folderBytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
    archiveBytes: statSync(`${folder}.tar.gz`).size,
    neededBytes: statSync(bytes).size,
  };
}

function forge(size, folder, structure, { root, venvs, parent }) {
  mkdirSync(parent, { recursive: true });
  console.error(`forging ${size} (${structure})`);
  const python = venvProgram(venvs, "forge");
  const args = [
    join(root, "scripts/forge/forge.py"),
    size,
    "--out",
    folder,
    "--structure",
    structure,
    "--weights",
    "random:5",
  ];
  const { status, stderr } = spawnSync(python, args, { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  if (status === 0) return;
  rmSync(`${folder}.tar.gz`, { force: true });
  throw new Error(`the forge failed: ${stderr.trim().split("\n").at(-1)}`);
}

/** Graph, index and the first `weightBytes` of the data in one file. */
async function floorFile(folder, weightBytes) {
  const file = `${folder}.bytes`;
  if (existsSync(file)) return file;
  const partial = `${file}.partial`;
  await copyFile(join(folder, "variables/variables.data-00000-of-00001"), partial);
  await truncate(partial, weightBytes);
  for (const part of ["saved_model.pb", "variables/variables.index"])
    await appendFile(partial, readFileSync(join(folder, part)));
  await rename(partial, file);
  return file;
}
