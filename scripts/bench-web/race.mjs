import { join } from "node:path";
import { load } from "../bench/machine.mjs";
import { createProfile } from "./browser.mjs";
import { programsOf } from "./javascript.mjs";
import { openSite } from "./site.mjs";
import { visit } from "./visit.mjs";

/**
 * All rows on an export, in turns, every round in the opposite order of the one before: a first visit with an empty profile, a second one with a
 * new browser on the same profile. A last first visit is traced. Who fails is said why, and not asked again.
 * @returns { visits, programs, failures }: what each visit took; of each row the programs that came before its first picture.
 */
export async function race(rows, model, { root, rounds, pictures, scrub }) {
  const found = { visits: [], programs: [], failures: [] };
  const failed = new Set();
  for (let round = 0; round <= rounds; round++) {
    const isTraced = round === rounds;
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) {
      if (failed.has(row.id)) continue;
      try {
        const visits = await visitsOf(row, model, { root, pictures, isTraced });
        for (const one of visits) {
          found.visits.push({ ...one.record, model: model.name, row: row.id, round, loadAverage: load() });
          progress(found.visits.at(-1));
        }
        if (round === 0) found.programs.push({ model: model.name, row: row.id, programs: visits[0].programs });
      } catch (error) {
        failed.add(row.id);
        const failure = { model: model.name, row: row.id, error: scrub(error.message) };
        found.failures.push(failure);
        console.error(`${model.name} ${row.id}: ${failure.error}`);
      }
    }
  }
  return found;
}

/** A first visit and a second one, or a traced one alone. */
async function visitsOf(row, { folder }, { root, pictures, isTraced }) {
  const library = join(root, "node_modules/onnxruntime-web/dist/");
  const site = await openSite(folder, { ...row, folders: { "/onnxruntime-web/": library } });
  const profile = createProfile();
  try {
    const visits = [];
    for (const kind of isTraced ? ["traced"] : ["first", "second"]) {
      const seen = await visit(row, site, profile, { pictures, trace: isTraced });
      const asked = site.taken();
      const networkBytes = asked.reduce((sum, { bytes }) => sum + bytes, 0);
      visits.push({ record: { kind, networkBytes, ...seen }, programs: programsOf(asked) });
    }
    return visits;
  } finally {
    profile.remove();
    await site.close();
  }
}

function progress({ model, row, round, kind, firstPicture, backend, words }) {
  const how = backend?.description ?? words;
  console.error(`${model} ${round + 1}, ${row}, ${kind} visit: first picture ${Math.round(firstPicture)} ms (${how})`);
}
