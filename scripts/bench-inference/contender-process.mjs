import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { lastWords } from "../bench/measure.mjs";
import { parseStatus } from "../bench/process-tree.mjs";

/** Longest text kept of what a contender says beside its answers: its last words are at the end. */
const KEPT = 65_536;

/**
 * Starts a contender and waits until it has its model. It answers one request at a time: see contenders/serve.mjs. Throws an Error
 * with its last words where it ends before it has answered, or says nothing for `timeoutSeconds`.
 */
export async function startContender([program, ...args], { env = {}, timeoutSeconds = 600 } = {}) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  let waiting;
  const settle = (outcome) => {
    const { resolve, reject, timer } = waiting ?? {};
    waiting = undefined;
    clearTimeout(timer);
    if (outcome instanceof Error) reject?.(outcome);
    else resolve?.(outcome);
  };
  const answer = () =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null || child.signalCode !== null) return reject(new Error(lastWords(said)));
      const late = () => settle(new Error(`no answer within ${timeoutSeconds} s`));
      waiting = { resolve, reject, timer: setTimeout(late, timeoutSeconds * 1000) };
    });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-KEPT);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) settle(JSON.parse(line));
    else said = `${said}${line}\n`.slice(-KEPT);
  });
  child.stdin.on("error", () => undefined); // It has ended: "close" says so.
  child.on("error", settle);
  child.on("close", () => settle(new Error(lastWords(said))));

  const ask = (request) => {
    const answered = answer();
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answered;
  };
  const stop = () => child.kill("SIGKILL");
  try {
    await answer();
  } catch (error) {
    stop();
    throw error;
  }
  return { ask, stop, peakBytes: () => highWaterMark(child.pid) };
}

/** The kernel's own: the most bytes that ever were resident. No contender has processes below it. */
function highWaterMark(pid) {
  return parseStatus(readFileSync(`/proc/${pid}/status`, "utf8")).highest;
}
