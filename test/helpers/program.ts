import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { main } from "../../src/cli/main.js";

const PROGRAM = fileURLToPath(new URL("../../bin/biggan-port.js", import.meta.url));
/** Commands in the tests name files from here, as the README does. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sees stderr and stdout as they come, with a way to send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Nobody reads the results, as behind `| head`. */
  readonly closeStdout?: boolean;
}

/** Runs the built program in a process of its own. */
export async function biggan(
  args: readonly string[],
  { env = {}, onOutput, closeStdout = false }: ProgramOptions = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    // The test runner asks for colours where it runs in CI; what is checked is text.
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  if (closeStdout) child.stdout.destroy();
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    onOutput?.(chunk.toString(), (signal) => child.kill(signal));
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    onOutput?.(chunk.toString(), (signal) => child.kill(signal));
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout, stderr };
}

/**
 * The same command line in this process, for what does not need one of its own: half a second less a call. Output written
 * through `process` is taken; working folder and environment are those of the tests.
 */
export async function bigganHere(args: readonly string[]): Promise<Finished> {
  const output = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
      output[stream] += String(chunk);
      return true;
    }),
  );
  // As in {@link biggan}: no colours, also in CI.
  vi.stubEnv("NO_COLOR", "1");
  try {
    return { code: await main(args), ...output };
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
