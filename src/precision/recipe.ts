import { ExportError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Graph } from "../graph/graph.js";
import { type PrecisionPlan, planBytes, uniformPlan } from "../storage/plan.js";
import { choosePlan, type Limit } from "./choose-plan.js";
import type { Evaluator } from "./evaluator.js";
import type { PictureCount } from "./picture-count.js";
import type { PlanEvaluator } from "./plan-evaluator.js";
import { type Judge, judgeOf, type PlannedPrecision } from "./plan-for.js";
import { errorOf } from "./quality.js";
import type { QualityCase } from "./quality-cases.js";
import type { PrecisionRequest } from "./request.js";
import type { safePlan } from "./safe-plan.js";
import { sensitivitySamplesFor } from "./sample-count.js";
import { measureSensitivity, type Sensitivity } from "./sensitivity.js";
import { tellingCases } from "./telling-cases.js";

export interface RecipeOptions extends Pick<PrecisionRequest, "quality" | "maxBytes"> {
  readonly narrowest: Awaited<ReturnType<typeof safePlan>>;
  readonly evaluate: Evaluator;
  readonly draw: PlanEvaluator;
  /** On fresh samples. */
  readonly judge: Judge;
  /** The samples to choose by. */
  readonly cases: readonly QualityCase[];
  readonly signal?: AbortSignal | undefined;
  readonly work: PictureCount;
}

type Recipe = Pick<PlannedPrecision, "plan" | "bytes" | "spared" | "quality" | "pictures" | "sensitivity">;

/** Rounds of choosing and measuring. A few bad pictures decide, so the way to the quality is halved, not extrapolated. */
const ROUNDS = 8;

/** Plans are chosen for so much more than is promised, in decibels: other pictures are other pictures. */
const MARGIN = 0.5;

/**
 * The narrowest mixed plan that keeps a quality, or the best one within a size. Chosen by the sensitivity table, measured on
 * the samples it was chosen by, then on fresh ones: both must hold.
 */
export async function findRecipe(graph: Graph, source: ParameterSource, options: RecipeOptions): Promise<Recipe> {
  const { quality, maxBytes, narrowest, evaluate, draw, judge, cases, signal, work } = options;
  const least = planBytes(graph, narrowest.plan);
  if (maxBytes !== undefined && least > maxBytes) {
    const reached = (await judge(narrowest.plan)).quality.psnr.overall;
    throw new ExportError(
      `--max-bytes ${maxBytes}: the smallest export has ${least} bytes of weights, at ${show(reached)}`,
      {
        hint: "Bake one truncation in (--truncation), which replaces the tables of statistics, or allow more bytes.",
      },
    );
  }
  const finish = async (plan: PrecisionPlan): Promise<Recipe> => ({
    plan,
    bytes: planBytes(graph, plan),
    spared: narrowest.spared,
    ...(await judge(plan)),
  });
  const chosenBy = await judgeOf(draw, cases);
  const { quality: coarse, pictures } = await chosenBy(narrowest.plan);
  if (quality !== undefined && coarse.psnr.overall >= quality) {
    const recipe = await finish(narrowest.plan);
    if ((recipe.quality?.psnr.overall ?? 0) >= quality) return recipe;
  }

  const few = tellingCases(pictures, Math.min(sensitivitySamplesFor(graph), Math.ceil(cases.length / 8)));
  const sensitivity = await measureSensitivity(graph, source, {
    evaluate,
    ...few,
    narrowest: narrowest.plan,
    signal,
    work,
  });
  const choose = (limit: Limit) => choosePlan(graph, sensitivity, narrowest.plan, limit);
  if (quality === undefined) {
    return { ...(await finish(choose({ kind: "bytes", most: maxBytes ?? least }))), sensitivity };
  }

  let allowed = errorOf(quality + MARGIN);
  let [kept, broken]: (number | undefined)[] = [];
  let best: Recipe | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const plan = choose({ kind: "error", most: allowed });
    const bytes = planBytes(graph, plan);
    if (bytes === planBytes(graph, uniformPlan(graph, "float32"))) break;
    if (round > 0) work.foresee(2 * cases.length);
    const first = await chosenBy(plan);
    const recipe = first.quality.psnr.overall >= quality ? await finish(plan) : undefined;
    const found = Math.min(first.quality.psnr.overall, recipe?.quality?.psnr.overall ?? Number.POSITIVE_INFINITY);
    const holds = found >= quality;
    if (holds && recipe !== undefined && bytes < (best?.bytes ?? Number.POSITIVE_INFINITY)) {
      best = { ...recipe, sensitivity };
    }
    if (holds && (bytes === least || found < quality + 2 * MARGIN)) break;
    if (holds) kept = allowed;
    else broken = allowed;
    // Between what held and what did not; before both are known, as far as the error was off.
    if (kept !== undefined && broken !== undefined) allowed = Math.sqrt(kept * broken);
    else allowed *= Math.min(10, Math.max(1 / 10, errorOf(quality + MARGIN) / errorOf(found)));
  }
  if (best !== undefined && best.bytes <= (maxBytes ?? Number.POSITIVE_INFINITY)) return best;
  throw unmet(
    options,
    sensitivity,
    best,
    maxBytes === undefined ? undefined : await finish(choose({ kind: "bytes", most: maxBytes })),
  );
}

function unmet(
  { quality = 0, maxBytes }: RecipeOptions,
  sensitivity: readonly Sensitivity[],
  best: Recipe | undefined,
  small: Recipe | undefined,
): ExportError {
  const finest = Math.max(0, ...sensitivity.flatMap(({ choices }) => choices.map(({ psnr }) => psnr)));
  const asked = `--quality ${quality}dB${maxBytes === undefined ? "" : ` within ${maxBytes} bytes`}`;
  const reached =
    small?.quality !== undefined
      ? `within that size the best reached is ${show(small.quality.psnr.overall)}${best === undefined ? "" : `; that quality takes ${best.bytes} bytes`}`
      : `the best that any reduced export reached is ${show(finest)}`;
  return new ExportError(`${asked}: cannot be met: ${reached}`, {
    hint: "Ask for less, or export --dtype float32, which loses nothing.",
  });
}

function show(psnr: number): string {
  return `${psnr.toFixed(1)} dB`;
}
