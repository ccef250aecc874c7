import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Place } from "./connect.js";

export interface SpawnOptions {
  /** A plain JavaScript file. */
  readonly script: URL;
  readonly args: readonly string[];
  /** On top of this process' environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a process said last is what explains its end. */
const KEPT_CHARACTERS = 2000;

/**
 * Starts a Node process of its own, so that a native library that crashes, prints or never lets go leaves this process alone.
 * Its output is kept for the message when it goes by itself; it ends when this process does.
 */
export function spawnNode({ script, args, environment = {} }: SpawnOptions): Place {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);

  const gone = new Promise<Error>((resolve) => {
    child.on("error", resolve);
    child.on("close", (code, signal) => {
      const how = signal === null ? `code ${code}` : `signal ${signal}`;
      resolve(new Error(`its process ended with ${how}${said.trim() === "" ? "" : `: ${said.trim()}`}`));
    });
  });
  return {
    gone,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}
