import { describeIssue, MappingError } from "../../core/errors.js";
import { formatShape } from "../../core/tensor.js";
import { describeTransform } from "../../mapping/describe-transform.js";
import type { Model } from "../../mapping/open-model.js";
import { rawWeightsHint } from "../../mapping/require-fit.js";
import { fillsParameter } from "../../mapping/resolve.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { withModel } from "../options.js";
import type { Session } from "../session.js";
import { formatTable } from "../table.js";

/** Mapping dry run: every parameter and its source, every source tensor and its use; no weights are read. */
export function checkCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "check <model>",
    "Mapping dry run: every parameter and its source, every source and its use, no weights read",
    (yargs) => withModel(yargs).example("$0 check biggan-deep-128.tar.gz", "does this module fit, and how?"),
    async (args) => {
      const session = open(args.quiet);
      await withOpenModel(args, session, async (model) => {
        checkModel(model, session);
      });
    },
  );
}

function checkModel(model: Model, session: Session): void {
  const { assignments, uses, issues, mapping } = model.resolution;
  const rows = assignments.map(({ target, source, transforms }) => ({
    target,
    shape: model.graph.parameters.get(target)?.shape ?? [],
    source,
    transforms: transforms.map(describeTransform),
  }));
  const sources = [...uses].map(([name, use]) => ({ name, use })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const ok = issues.length === 0;
  session.document({
    ok,
    ...modelFacts(model),
    mapping: mapping.name,
    assignments: rows,
    sources,
    issues: issues.map((issue) => ({ ...issue, message: describeIssue(issue) })),
  });

  session.print(modelLine(model));
  session.print();
  const table = rows.map(({ target, shape, source, transforms }) => [
    target,
    formatShape(shape),
    source,
    transforms.join(" "),
  ]);
  for (const line of formatTable([["parameter", "shape", "source", "transforms"], ...table])) session.print(line);
  session.print();
  for (const line of ignoredLines(model)) session.print(line);
  session.print();
  if (ok) {
    session.print(
      `${mapping.name} fits: ${assignments.length} parameters filled, ${uses.size} source tensors accounted for.`,
    );
    return;
  }
  for (const issue of issues) session.print(`- ${describeIssue(issue)}`);
  const hint = rawWeightsHint(model.resolution);
  throw new MappingError(model.file, mapping.name, issues, hint === undefined ? {} : { hint });
}

/** Ignored tensors, counted by reason. */
function ignoredLines({ resolution, graph }: Model): string[] {
  const counts = new Map<string, number>();
  for (const use of resolution.uses.values()) {
    if (!fillsParameter(graph, use)) counts.set(use, (counts.get(use) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `left out ${count}: ${reason}`);
}
