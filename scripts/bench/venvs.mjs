// Python environments of the rivals and of the forge, each made once.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const TENSORFLOW = ["tensorflow-cpu==2.15.1", "tensorflow-hub==0.14.0", "numpy==1.26.4", "setuptools==65.5.0"];

/** What each is made of: the versions that still install and run side by side. */
export const VENVS = {
  forge: { python: "3.11", packages: [...TENSORFLOW, "protobuf==4.25.9"] },
  tfjs: { python: "3.11", packages: ["tensorflowjs==4.22.0", "ydf<0.12"] },
  tf2onnx: {
    python: "3.11",
    packages: [
      ...TENSORFLOW,
      "tf2onnx==1.17.0",
      "protobuf<5",
      "onnx==1.16.2",
      "onnxruntime==1.32.0",
      "safetensors==0.8.0",
    ],
  },
  // torch 1.12.1 is the last one of a single wheel, without CUDA's ones beside it; the package forgets to ask for scipy.
  torch: {
    python: "3.10",
    packages: [...TENSORFLOW, "torch==1.12.1", "scipy==1.11.4", "pytorch-pretrained-biggan==0.1.1"],
  },
  // For inference, the newest: 5.6 GB, with the CUDA libraries that its wheel cannot be loaded without.
  pytorch: {
    python: "3.11",
    packages: [
      "torch==2.14.1",
      "numpy==2.4.6",
      "scipy==1.17.1",
      "onnx==1.23.2",
      "onnxscript==0.7.2",
      "pytorch-pretrained-biggan==0.1.1",
    ],
  },
};

/** Path of a program of an environment, which is made if it is not there. Throws a worded Error where that fails. */
export function venvProgram(venvs, name, program = "python") {
  const folder = join(venvs, name);
  if (!existsSync(join(folder, "bin", "python"))) create(folder, VENVS[name]);
  return join(folder, "bin", program);
}

/** Versions of the packages that an environment was asked for, as "name==version"; "not installed" where there is none. */
export function versionsOf(venvs, name) {
  const python = join(venvs, name, "bin", "python");
  const asked = VENVS[name].packages.map((one) => one.split(/[=<>]/)[0]);
  const code =
    "import sys, platform, importlib.metadata as m\nprint('python==' + platform.python_version())\nfor p in sys.argv[1:]: print(p + '==' + m.version(p))";
  const { stdout } = spawnSync(python, ["-c", code, ...asked], { encoding: "utf8" });
  return stdout?.trim().split("\n") ?? ["not installed"];
}

function create(folder, { python, packages }) {
  console.error(`installing ${packages.join(" ")}`);
  try {
    run(pythonOf(python), ["-m", "venv", folder]);
    run(join(folder, "bin", "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The interpreter of that version on PATH, or one of pyenv's. */
function pythonOf(version) {
  const pyenv = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  const kept = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : [];
  const candidates = [`python${version}`, ...kept.map((name) => join(pyenv, name, "bin", "python"))];
  const found = candidates.find((candidate) => spawnSync(candidate, ["-c", ""]).status === 0);
  if (found === undefined) throw new Error(`Python ${version} is needed, and is neither on PATH nor among pyenv's`);
  return found;
}

function run(program, args) {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr.trim().split("\n").at(-1)}`);
}
