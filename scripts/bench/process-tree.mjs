// Memory of a process and all its descendants, read from /proc (Linux).
import { readdirSync, readFileSync } from "node:fs";

/** [pid, parent's pid] of a /proc/PID/stat; the program's name in it may hold spaces and brackets. */
export function parseStat(text) {
  const [, parent] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ", 2)
    .map(Number);
  return [Number.parseInt(text, 10), parent];
}

/** Resident bytes now, and the most there ever were, of a /proc/PID/status; zeros of a process that has ended. */
export function parseStatus(text) {
  const bytes = (field) => 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? 0);
  return { resident: bytes("VmRSS"), highest: bytes("VmHWM") };
}

/** All pids below `root`, itself not among them, from pairs [pid, parent]. */
export function descendants(pairs, root) {
  const children = new Map();
  for (const [pid, parent] of pairs) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = [...(children.get(root) ?? [])];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/**
 * Follows the processes below `root`, a sample every 20 ms, until stopped; `stop` gives the peak in bytes: the largest sum of one sample, or the
 * kernel's own high-water mark of a single process where that is more (a peak between two samples). Resident pages that two
 * processes share count twice; proportional set sizes would not, but reading them holds up a process of many gigabytes.
 */
export function watchMemory(root, everyMs = 20) {
  let peak = 0;
  const sample = () => {
    const all = descendants(processes(), root).map((pid) => parseStatus(textOf(pid, "status")));
    const sum = all.reduce((total, { resident }) => total + resident, 0);
    peak = Math.max(peak, sum, ...all.map(({ highest }) => highest));
  };
  const timer = setInterval(sample, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

/** All of the machine. */
export function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => textOf(pid, "stat"))
    .filter((text) => text !== "")
    .map(parseStat);
}

/** Empty if the process has ended meanwhile. */
export function textOf(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
