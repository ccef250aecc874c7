import type { MappingIssue } from "../core/errors.js";
import { nearestNames } from "../core/nearest.js";
import { isFloat, type Shape, sameShape } from "../core/tensor.js";
import type { TensorInfo, TensorSource } from "../core/tensor-source.js";
import type { Graph, Parameter } from "../graph/graph.js";
import type { Assignment, Mapping, Transform } from "./mapping.js";
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

    const indices: Indices = hit.pattern.exec(target)?.groups ?? {};
    const found = find(hit.rule.from, indices, target);
    const transforms = (hit.rule.transforms ?? []).map((transform): Transform => {
      const u = find(transform.u, indices, target);
      const channels = parameter.shape.slice(-1);
      if (u !== undefined) {
        issues.push(...disagreements(u, { name: `${target} (u)`, shape: channels }));
        uses.set(u.name, `${target} (spectral norm)`);
      }
      return { ...transform, u: u?.name ?? transform.u };
    });
    if (found === undefined) continue;
    issues.push(...disagreements(found, parameter));
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

/** Axes of extent 1 may come and go: biases are [C] or [1, 1, 1, C], gamma is [1] or []. */
function disagreements(found: TensorInfo, wanted: Pick<Parameter, "name" | "shape">): MappingIssue[] {
  const target = wanted.name;
  if (!isFloat(found.dtype)) return [{ kind: "dtype", target, source: found.name, found: found.dtype }];
  const squeeze = (shape: Shape) => shape.filter((extent) => extent !== 1);
  if (sameShape(squeeze(found.shape), squeeze(wanted.shape))) return [];
  return [{ kind: "shape", target, source: found.name, expected: wanted.shape, found: found.shape }];
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
