// Makes a fresh clone ready: packages from the lock file when they are missing or older than it, then the build when any
// source is newer than the last one. Plain JavaScript without packages, because it runs before there are any.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the project's folder, its output on stderr; ends this process with its exit code when it fails. */
export function must(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (result.status !== 0) {
    console.error(`${command} ${args.join(" ")} failed${result.error ? `: ${result.error.message}` : ""}`);
    process.exit(result.status || 1);
  }
}

const stampFile = join(root, "node_modules", ".biggan-port-stamp");
const buildStamp = join(root, "dist", ".stamp");

function hashOf(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();
}

function stamped(file, value) {
  return existsSync(file) && readFileSync(file, "utf8") === value;
}

/** Packages as the lock file has them. */
export function install() {
  const wanted = hashOf(["package.json", "package-lock.json"]);
  if (stamped(stampFile, wanted)) return;
  console.error("Installing packages from package-lock.json …");
  must("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stampFile, wanted);
}

/** `dist/` from the sources as they are now: made beside the old one, which it replaces when it is whole. */
export function build() {
  const wanted = hashOf([
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "scripts/build-cli.mjs",
    "scripts/build-web.mjs",
    "scripts/compile-cli.mjs",
    ...filesUnder("src"),
    ...filesUnder("mappings"),
  ]);
  if (stamped(buildStamp, wanted)) return;
  console.error("Building …");
  const partial = `dist-${process.pid}`;
  process.on("exit", () => rmSync(join(root, partial), { recursive: true, force: true }));
  must(process.execPath, [
    join("node_modules", "typescript", "bin", "tsc"),
    "-p",
    "tsconfig.build.json",
    "--outDir",
    partial,
  ]);
  copyPlainFiles(partial);
  must(process.execPath, [join("scripts", "build-web.mjs"), partial]);
  // It has the commands run: exports take the page with them.
  must(process.execPath, [join("scripts", "build-cli.mjs"), partial]);
  writeFileSync(join(root, partial, ".stamp"), wanted);
  rmSync(join(root, "dist"), { recursive: true, force: true });
  renameSync(join(root, partial), join(root, "dist"));
}

/** The compiler leaves alone what is no TypeScript: generated JavaScript, pages and their parts, scripts of child processes, declarations. */
function copyPlainFiles(folder) {
  for (const path of filesUnder("src")) {
    if (!/\.(js|d\.ts|html|css|svg|png|webmanifest)$/.test(path)) continue;
    cpSync(join(root, path), join(root, folder, path));
  }
}
