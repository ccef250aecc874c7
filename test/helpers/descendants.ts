import { readdirSync, readFileSync } from "node:fs";

/** Names of the processes that this one started, directly or not, and that still run. Linux only. */
export function descendants(): string[] {
  const processes = readdirSync("/proc").flatMap((id) => statusOf(id));
  const family = new Set([process.pid]);
  const names: string[] = [];
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { id, parent, name, state } of processes) {
      if (!family.has(parent) || family.has(id)) continue;
      family.add(id);
      if (state !== "Z") names.push(name);
    }
  }
  return names;
}

/** `id (name) state parent …`, where the name may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statusOf(id: string) {
  try {
    const [, name = "", state = "", parent = ""] =
      /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, "utf8")) ?? [];
    return [{ id: Number(id), parent: Number(parent), name, state }];
  } catch {
    // No process, or one that has just ended.
    return [];
  }
}
