import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { load } from "./machine.mjs";
import { measure } from "./measure.mjs";

/**
 * Measures all contenders on a module, round after round, each round in the opposite order of the one before. Before each measurement
 * the output of the last one is emptied, the disk is let come to rest and all files of the module are read once, so that everyone finds
 * them in memory. Who fails on a module is not asked again.
 */
export async function measureRounds(contenders, module, context, { rounds, rivalRounds }) {
  const measurements = [];
  const failed = new Set();
  for (let round = 0; round < Math.max(rounds, rivalRounds); round++) {
    const present = contenders.filter(
      ({ id, group, reads = () => true }) =>
        reads(module) && !failed.has(id) && round < (group === "rivals" ? rivalRounds : rounds),
    );
    for (const contender of round % 2 === 0 ? present : present.toReversed()) {
      const out = join(context.outputs, `${module.name}-${measurements.length}`);
      settle(module);
      const before = load();
      const found = await attempt(contender, { ...context, module, out });
      const outputBytes = bytesUnder(out);
      emptyUnder(out);
      const { id, writes = false } = contender;
      measurements.push({ module: module.name, contender: id, round, load: before, writes, outputBytes, ...found });
      if (found.exit !== 0) failed.add(id);
      progress(measurements.at(-1));
    }
  }
  return measurements;
}

/** One run; an environment that cannot be made is a failure like others. Paths of this machine are taken out of what is kept. */
export async function attempt({ command }, context) {
  try {
    const found = await measure(command(context));
    return found.error === undefined ? found : { ...found, error: context.scrub(found.error) };
  } catch (error) {
    const nothing = { wallSeconds: 0, userSeconds: 0, systemSeconds: 0, peakBytes: 0 };
    return { ...nothing, exit: 127, error: context.scrub(`not installed: ${error.message}`) };
  }
}

/** Bytes of a file or of all files of a folder; 0 of nothing. */
export function bytesUnder(path) {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0);
}

/**
 * Gives back the disk and the memory that an output takes, and leaves its names: for some minutes after hundreds of files were removed, ext4 takes 0.4 ms to make
 * one instead of 0.01 ms, and who writes many would be measured by that.
 */
function emptyUnder(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) return truncateSync(path);
  for (const name of readdirSync(path)) emptyUnder(join(path, name));
}

function settle({ files, archive, bytes }) {
  spawnSync("sync");
  spawnSync("cat", [...files, archive, bytes], { stdio: "ignore" });
}

function progress({ module, contender, round, wallSeconds, userSeconds, systemSeconds, peakBytes, exit, error }) {
  const cpu = (userSeconds + systemSeconds).toFixed(2);
  const outcome = exit === 0 ? "" : `  exit ${exit}: ${error}`;
  const mebibytes = Math.round(peakBytes / 2 ** 20);
  console.error(
    `${module} ${round + 1} ${contender}: ${wallSeconds.toFixed(2)} s, CPU ${cpu} s, ${mebibytes} MiB${outcome}`,
  );
}
