// node scripts/forge/forge.mjs ENV CONFIG --out FOLDER [...]: makes the Python environment in the folder ENV when it is not there, then runs
// forge.py in it with the other arguments. Python 3.11 is taken from PYTHON, or is python3.11 on the path. For development only.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

function must(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
}

/** The environment's Python, in `folder`: made with the packages of requirements.txt when it is not there, or was not finished. */
export function pythonOf(folder) {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const python = path.join(path.resolve(folder), ...inside);
  const finished = path.join(path.resolve(folder), "packages-installed");
  if (existsSync(finished)) return python;
  must(process.env.PYTHON ?? "python3.11", ["-m", "venv", folder]);
  must(python, ["-m", "pip", "install", "--quiet", "-r", path.join(here, "requirements.txt")]);
  writeFileSync(finished, "");
  return python;
}

/** Forges one module: `forge("env", ["biggan-deep-128", "--out", "modules/biggan-deep-128"])`. See forge.py for the arguments. */
export function forge(environment, args) {
  must(pythonOf(environment), [path.join(here, "forge.py"), ...args], {
    TF_CPP_MIN_LOG_LEVEL: "3",
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [environment, ...args] = process.argv.slice(2);
  if (environment === undefined || args.length === 0) {
    console.error(
      "usage: node scripts/forge/forge.mjs ENV CONFIG --out FOLDER [--weights random:SEED] [--structure WORDS]",
    );
    process.exit(2);
  }
  forge(environment, args);
}
