import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { BackendError } from "../../core/errors.js";
import { packageEntry } from "../packages.js";
import type { Adapter } from "../runtime.js";
import { dawnEnvironments } from "./swiftshader.js";

export const WEBGPU_SCRIPT = new URL("process/webgpu.js", import.meta.url);

const INSTALL_WEBGPU = "npm install webgpu @tensorflow/tfjs-backend-webgpu";

/** An adapter that Dawn finds here, and the environment in which it does. */
export interface DawnFacts {
  readonly adapter: Adapter;
  readonly environment: Readonly<Record<string, string>>;
}

const PACKAGES = ["webgpu", "@tensorflow/tfjs-backend-webgpu"];

/** Asking for an adapter takes a second at most; a driver that hangs must not hang this program. */
const PROBE_TIMEOUT_MS = 30_000;

const answer = z.object({ name: z.string(), vendor: z.string(), software: z.boolean() }).nullable();

let known: Promise<DawnFacts> | undefined;

/** Asks Dawn for an adapter, once, in a process of its own. Throws a BackendError when a package or an adapter is missing. */
export function probeDawn(): Promise<DawnFacts> {
  const asked = known ?? firstAdapter();
  known = asked;
  asked.catch(() => {
    known = undefined;
  });
  return asked;
}

async function firstAdapter(): Promise<DawnFacts> {
  const missing = PACKAGES.filter((name) => packageEntry(name) === undefined);
  if (missing.length > 0) {
    throw new BackendError(
      `tfjs-webgpu: expected the packages ${PACKAGES.join(" and ")}, found no ${missing.join(", ")}`,
      {
        hint: INSTALL_WEBGPU,
      },
    );
  }
  const reasons: string[] = [];
  for (const environment of await dawnEnvironments()) {
    const found = await askForAdapter(environment);
    if (typeof found !== "string") return { adapter: found, environment };
    reasons.push(found);
  }
  throw new BackendError(
    `tfjs-webgpu: expected a Vulkan, Metal or Direct3D 12 adapter, found none (${reasons.at(-1)})`,
    {
      hint: "apt-get install chromium (its software Vulkan, SwiftShader, does), or your GPU's driver",
    },
  );
}

/** The adapter, or why there is none. */
async function askForAdapter(environment: Readonly<Record<string, string>>): Promise<Adapter | string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [fileURLToPath(WEBGPU_SCRIPT), "probe"], {
      env: { ...process.env, ...environment },
      timeout: PROBE_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    const line = stdout.trim().split("\n").at(-1) ?? "";
    return answer.parse(JSON.parse(line)) ?? (stderr.trim().split("\n")[0] || "no adapter");
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}
