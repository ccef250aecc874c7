import type { MappingIssue } from "../core/errors.js";
import { nearestNames } from "../core/nearest.js";
import { isFloat, type Shape, sameShape } from "../core/tensor.js";
import type { TensorInfo, TensorSource } from "../core/tensor-source.js";
import type { Graph, Parameter } from "../graph/graph.js";
import { fixTransform, movedBack, movedTo } from "./fix-transform.js";
import { layerIndices } from "./layer-indices.js";
import type { Assignment, Mapping, Rule, Transform } from "./mapping.js";
import { compileIgnore, compileTarget, type Indices, sourceNames } from "./templates.js";

/** Which of the two sets of weights in a checkpoint: moving averages (as the modules use), or the raw ones. */
export type WeightChoice = "ema" | "raw";

/** What a mapping does with one graph and one source: every parameter and every source tensor accounted for. */
export interface Resolution {
  readonly mapping: Mapping;
  readonly weights: WeightChoice;
  readonly assignments: readonly Assignment[];
  /** Source tensor -> the parameter it fills, or the reason why it is left out. */
  readonly uses: ReadonlyMap<string, string>;
  readonly issues: readonly MappingIssue[];
}

/** Editing distances over a thousand names are slow enough to notice: name neighbours for the first few only. */
const ISSUES_WITH_NEIGHBOURS = 12;

/** What the tensors that transforms need are used for. */
const PARTS: Readonly<Record<string, string>> = { u: "spectral norm", v: "spectral norm", count: "number of sums" };

/** Expands the rules against the graph and the source's names and shapes. Reads no tensor; collects all issues. */
export function resolveMapping(
  mapping: Mapping,
  graph: Graph,
  source: TensorSource,
  weights: WeightChoice,
): Resolution {
  const rules = Object.entries(mapping.rules).map(([target, rule]) => ({
    target,
    rule,
    pattern: compileTarget(target),
  }));
  const suffixes = weights === "raw" ? "raw" : movingAverageSuffixes(source);
  const layerOf = layerIndices(graph);
  const embedding = graph.parameters.get("embed.w")?.shape[1] ?? 0;
  const issues: MappingIssue[] = [];
  const assignments: Assignment[] = [];
  const uses = new Map<string, string>();

  const find = (template: string, indices: Indices, target: string): TensorInfo | undefined => {
    const names = sourceNames(template, indices, suffixes);
    const present = names.flatMap((name) => source.tensors.get(name) ?? []);
    if (present.length > 1) issues.push({ kind: "ambiguous-target", target, rules: present.map(({ name }) => name) });
    if (present.length === 0) {
      const wanted = names[0] ?? template;
      const nearest = issues.length < ISSUES_WITH_NEIGHBOURS ? nearestNames(wanted, source.tensors.keys()) : [];
      issues.push({ kind: "missing-source", target, source: wanted, nearest });
    }
    return present[0];
  };

  for (const parameter of graph.parameters.values()) {
    const target = parameter.name;
    const hits = rules.filter(({ pattern }) => pattern.test(target));
    const [hit] = hits;
    if (hit === undefined) issues.push({ kind: "unmapped-target", target });
    if (hits.length > 1) issues.push({ kind: "ambiguous-target", target, rules: hits.map((rule) => rule.target) });
    if (hit === undefined || hits.length > 1) continue;

    const indices: Indices = { ...hit.pattern.exec(target)?.groups, ...layerOf(target) };
    const has = (template: string) => sourceNames(template, indices, suffixes).some((name) => source.tensors.has(name));
    const rule = spelling(hit.rule, has);
    const found = find(rule.from, indices, target);
    const transforms = (rule.transforms ?? []).map((transform, step, all): Transform => {
      const part = (template: string, role: string, shape: Shape) => {
        const tensor = find(template, indices, target);
        if (tensor === undefined) return template;
        issues.push(...disagreements(tensor, { name: `${target} (${role})`, shape }, []));
        uses.set(tensor.name, `${target} (${PARTS[role] ?? role})`);
        return tensor.name;
      };
      return fixTransform(transform, parameter.shape, embedding, part, all.slice(step + 1));
    });
    if (found === undefined) continue;
    issues.push(...disagreements(found, parameter, transforms));
    uses.set(found.name, target);
    assignments.push({ target, source: found.name, transforms });
  }

  for (const [name, reason] of leftOut(mapping, source, uses)) {
    if (reason !== undefined) uses.set(name, reason);
    else issues.push({ kind: "unused-source", source: name, shape: source.tensors.get(name)?.shape ?? [] });
  }
  return { mapping, weights, assignments, uses, issues };
}

/** `/ema_b999900`, `/ema_0.9999`: whatever stands behind the last slash. Without any, the name that messages show. */
function movingAverageSuffixes(source: TensorSource): readonly string[] {
  const suffixes = new Set<string>();
  for (const name of source.tensors.keys()) {
    const suffix = /\/(ema_[^/]+)$/.exec(name)?.[1];
    if (suffix !== undefined) suffixes.add(suffix);
  }
  return suffixes.size === 0 ? ["ema"] : [...suffixes].sort();
}

/** The first spelling of a rule that the source has, or the one that messages name. */
function spelling(rule: Rule, has: (template: string) => boolean): Rule {
  for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise) {
    if (has(each.from)) return each;
  }
  return rule;
}

/** Whether what a source tensor is used for is a parameter or a part of one, and not a reason for leaving it out. */
export function fillsParameter(graph: Graph, use: string): boolean {
  return graph.parameters.has(use.replace(/ \([^()]*\)$/, ""));
}

/** Axes of extent 1 may come and go where none is moved: biases are [C] or [1, 1, 1, C], gamma is [1] or []. */
function disagreements(
  found: TensorInfo,
  { name: target, shape: wanted }: Pick<Parameter, "name" | "shape">,
  transforms: readonly Transform[],
): MappingIssue[] {
  if (!isFloat(found.dtype)) return [{ kind: "dtype", target, source: found.name, found: found.dtype }];
  const squeeze = (shape: Shape) => shape.filter((extent) => extent !== 1);
  const given = movedTo(found.shape, transforms);
  if (given !== undefined && sameShape(squeeze(given), squeeze(wanted))) return [];
  const expected = movedBack(wanted, transforms);
  return [{ kind: "shape", target, source: found.name, expected, found: found.shape }];
}

/** Every tensor that no rule took, with the reason why it may be left out, if there is one. */
function* leftOut(
  mapping: Mapping,
  source: TensorSource,
  uses: ReadonlyMap<string, string>,
): Generator<readonly [name: string, reason: string | undefined]> {
  const patterns = mapping.ignore.map(({ match, reason }) => ({ match, reason, pattern: compileIgnore(match) }));
  const suffixes = movingAverageSuffixes(source);
  const rawOf = (name: string) => /^(.+)\/ema_[^/]+$/.exec(name)?.[1];
  for (const name of source.tensors.keys()) {
    if (uses.has(name)) continue;
    const rule = patterns.find(({ match, pattern }) => {
      if (match === "{raw}") return suffixes.some((suffix) => uses.has(`${name}/${suffix}`));
      if (match === "{twin}") return uses.has(rawOf(name) ?? "");
      return pattern.test(name);
    });
    yield [name, rule?.reason];
  }
}
