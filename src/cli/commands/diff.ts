import { countOutcomes, summaryOf } from "../../compare/describe-diff.js";
import { type Diff, diffModels } from "../../compare/diff-models.js";
import { MappingError, ParityError } from "../../core/errors.js";
import type { Model } from "../../mapping/open-model.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { diffTable } from "../diff-table.js";
import type { Session } from "../session.js";

const SIDES = ["A", "B", "both"] as const;

/** Compares two models number by number. */
export function diffCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "diff <a> <b>",
    "Compare two models of any formats, parameter by parameter: names, shapes, values",
    (yargs) =>
      yargs
        .positional("a", { type: "string", demandOption: true, describe: "A model: a checkpoint or an export" })
        .positional("b", { type: "string", demandOption: true, describe: "Another" })
        .option("raw-weights", { choices: SIDES, describe: "Take the raw weights of A, B or both, not their averages" })
        .option("all", {
          type: "boolean",
          default: false,
          describe: "List all parameters, equal ones too [the worst 20]",
        })
        .example("$0 diff biggan-128.tar.gz G_ema.pth", "are these the same weights?")
        .example("$0 diff biggan-128.tar.gz web/model --json", "an export and what it was made of, for a script")
        .epilogue(
          "Exit codes: 0 identical, or the same weights in narrower types or with another epsilon in the spectral norm; 5 different; 4 of other families or configurations.",
        ),
    async (args) => {
      const session = open(args.quiet);
      const raw = (side: "A" | "B") => args.rawWeights === side || args.rawWeights === "both";
      await withOpenModel({ model: args.a, rawWeights: raw("A") }, session, (a) =>
        withOpenModel({ model: args.b, rawWeights: raw("B") }, session, (b) => diff(a, b, args.all, session)),
      );
    },
  );
}

async function diff(a: Model, b: Model, all: boolean, session: Session): Promise<void> {
  const progress = session.progress("comparing", "steps");
  const found = await diffModels(a, b, { signal: session.signal, onProgress: progress.update }).finally(progress.stop);
  const summary = summaryOf(found);
  session.document({
    ...found,
    summary,
    counts: Object.fromEntries(countOutcomes(found.parameters)),
    a: modelFacts(a),
    b: modelFacts(b),
  });
  session.print(`A  ${a.file}: ${modelLine(a)}`);
  session.print(`B  ${b.file}: ${modelLine(b)}`);
  for (const line of remarks(found, a, b)) session.print(line);
  session.print();
  for (const line of diffTable(found.parameters, all)) session.print(line);
  session.print(summary);
  requireSame(found, summary, `${a.file} and ${b.file}`);
}

/** What stands between the files and the numbers compared. */
function remarks({ passes, baked, truncations, configuration }: Diff, a: Model, b: Model): string[] {
  const rewritten = passes.length === 0 ? [] : [`compared after the rewrites ${passes.join(", ")}`];
  const at = baked === undefined ? [] : [`compared at truncation ${baked}, which is baked in`];
  const rows = [a, b].map(({ config }) => ("truncationGrid" in config ? config.truncationGrid.length : 0));
  const some = rows.every((count) => count === truncations.length) || truncations.length === 0;
  const which = truncations.length === 1 ? `truncation ${truncations[0]}` : `${truncations.length} truncations`;
  const statistics = some ? [] : [`statistics compared at ${which}, of ${rows[0]} in A and ${rows[1]} in B`];
  const fields = configuration.map(({ field, a: mine, b: theirs }) => `${field}: ${mine} in A, ${theirs} in B`);
  return [...rewritten, ...at, ...statistics, ...fields];
}

function requireSame({ verdict, configuration }: Diff, summary: string, files: string): void {
  if (verdict !== "different") return;
  if (configuration.length === 0) throw new ParityError(`${files}: ${summary}`);
  const detail = `expected models of one configuration, found ${configuration.map(({ field, a, b }) => `${field} ${a} and ${b}`).join("; ")}`;
  throw new MappingError(files, "diff", [{ kind: "unknown-model", detail }]);
}
