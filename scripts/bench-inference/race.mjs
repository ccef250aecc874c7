import { join } from "node:path";
import { load } from "../bench/machine.mjs";
import { artifactOf } from "./artifacts.mjs";
import { startContender } from "./contender-process.mjs";
import { casesOf, compareSaved } from "./pictures.mjs";
import { takeTurn } from "./take-turn.mjs";

/** Runs before anything is counted, one where it takes long: compilers, caches and arenas settle. */
const WARM_UPS = 2;
const LONG_MS = 5000;

/**
 * All contenders on a module, each in a process of its own that stays alive, in turns: a round gives each one `turnSeconds`, every round in the
 * opposite order of the one before. Who fails is said why, and not asked again.
 * @returns { turns, checks, failures }: of each turn the median milliseconds for a picture; of each batch size the peak memory
 * until then and how far the pictures are from float64's; and why who did not run.
 */
export async function race(contenders, context, { rounds, batches, turnSeconds, threads }) {
  const { module } = context;
  const found = { turns: [], checks: [], failures: [] };
  const cases = await casesOf(context);
  const running = new Map();
  const fail = ({ id }, error) => {
    running.get(id)?.process.stop();
    running.delete(id);
    const failure = { module: module.name, contender: id, error: context.scrub(error.message) };
    found.failures.push(failure);
    console.error(`${module.name} ${id}: ${failure.error}`);
  };
  const attempt = async (contender, step) => {
    try {
      await step();
    } catch (error) {
      fail(contender, error);
    }
  };
  try {
    for (const contender of contenders.filter(({ reads = () => true }) => reads(module))) {
      await attempt(contender, async () => {
        const process = await start(contender, context, { inputs: cases.inputs, threads });
        running.set(contender.id, { contender, process });
      });
    }
    for (const batch of batches) {
      const present = () =>
        [...running.values()].filter(({ contender }) => batch <= (contender.most?.(context) ?? batch));
      for (const { contender, process } of present()) {
        await attempt(contender, async () => {
          await warmUp(process, batch);
          const file = join(context.work, "inference", "picture.f32");
          const check = await compareSaved(process, batch, cases.pictures, file);
          found.checks.push({ module: module.name, contender: contender.id, batch, ...check });
        });
      }
      for (let round = 0; round < rounds; round++) {
        const order = present();
        for (const { contender, process } of round % 2 === 0 ? order : order.toReversed()) {
          await attempt(contender, async () => {
            const turn = await takeTurn(process, batch, turnSeconds);
            found.turns.push({ module: module.name, contender: contender.id, batch, round, load: load(), ...turn });
            progress(found.turns.at(-1));
          });
        }
      }
      for (const { contender, process } of present()) {
        const check = found.checks.find((each) => each.contender === contender.id && each.batch === batch);
        if (check !== undefined) check.peakBytes = process.peakBytes();
      }
    }
  } finally {
    for (const { process } of running.values()) process.stop();
  }
  return found;
}

async function start(contender, context, options) {
  const { artifact, command, env = () => ({}), missing = () => undefined } = contender;
  const reason = missing(context, context.module);
  if (reason !== undefined) throw new Error(reason);
  const folder = artifactOf(artifact, context);
  return startContender(command(context, { ...options, folder }), { env: env({ ...context, ...options }) });
}

async function warmUp(process, batch) {
  for (let run = 0, spent = 0; run < WARM_UPS && spent < LONG_MS; run++) {
    spent += (await process.ask({ batch })).milliseconds;
  }
}

function progress({ module, contender, batch, round, runs, milliseconds }) {
  console.error(`${module} batch ${batch}, ${round + 1}: ${contender} ${milliseconds.toFixed(1)} ms (${runs} runs)`);
}
