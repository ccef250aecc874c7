import { spawn } from "node:child_process";
import { once } from "node:events";
import { watchMemory } from "./process-tree.mjs";

// bash's own `time` counts the whole tree of processes that were waited for; its line goes to descriptor 3, past the command's own output.
const TIMED = 'TIMEFORMAT="%R %U %S"; { time "$@" 2>&4; } 4>&2 2>&3';
/** Longest text kept of what a command says: its last words are at the end. */
const KEPT = 65_536;

/**
 * Runs a command to its end: wall, user and system seconds, peak bytes of all its processes together, exit code, and what it
 * said last if it failed. It is stopped after `timeoutSeconds` (exit 124).
 */
export async function measure([program, ...args], { env = {}, timeoutSeconds = 1800 } = {}) {
  const child = spawn("bash", ["-c", TIMED, "bash", program, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
    detached: true,
  });
  const memory = watchMemory(child.pid);
  let said = "";
  let times = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-KEPT);
    });
  }
  child.stdio[3].setEncoding("utf8").on("data", (text) => {
    times += text;
  });
  const kill = () => process.kill(-child.pid, "SIGKILL");
  const interrupted = () => {
    kill();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, timeoutSeconds * 1000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  process.off("SIGINT", interrupted);
  const peakBytes = memory.stop();
  const [wallSeconds = timeoutSeconds, userSeconds = 0, systemSeconds = 0] = parseTimes(times);
  const exit = late ? 124 : (code ?? 128);
  const error = late ? `stopped after ${timeoutSeconds} s` : lastWords(said);
  return { wallSeconds, userSeconds, systemSeconds, peakBytes, exit, ...(exit === 0 ? {} : { error }) };
}

/** The three numbers of bash's `time`, in seconds; none where it was killed before it could say. */
export function parseTimes(text) {
  const numbers = text.trim().split(/\s+/).slice(-3).map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : [];
}

/** The last line that looks like an error, or else the last one, at most 400 characters. */
export function lastWords(text) {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const error = lines.findLast((line) => /\b\w*(error|exception)\b|incompatible|failed/i.test(line));
  return (error ?? lines.at(-1) ?? "it said nothing").trim().slice(0, 400);
}
