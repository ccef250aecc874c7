import { ExportError, UsageError } from "../core/errors.js";
import type { Mapping } from "../mapping/mapping.js";
import type { Model } from "../mapping/model.js";
import { FAMILY_NAMES } from "../models/model-config.js";
import { truncationRows } from "../runtime/truncation-rows.js";
import { expandMapping } from "./expand-mapping.js";
import { hasVectors } from "./named-tensors.js";
import { NAMES, type Names, type OtherNames } from "./names.js";
import { type Naming, namingOf } from "./namings.js";

/** How one model is written under one project's names. */
export interface ChosenNaming {
  readonly naming: Naming;
  readonly mapping: Mapping;
  /** Weights are written divided by their spectral norm: the model has no singular vectors, and the layers must not divide again. */
  readonly folded: boolean;
  /** The model has these names already: its tensors are copied as they are. */
  readonly copied: boolean;
  /** How much each row of the statistics counts; undefined where all are written. */
  readonly rows: readonly number[] | undefined;
}

/**
 * @throws ExportError for a model that the project has not, with what it can be written as; UsageError for a truncation that the model
 * has no statistics for, or that the names have no place for.
 */
export function chooseNaming(model: Model, names: OtherNames, truncation: number | undefined): ChosenNaming {
  const { config, graph, source, resolution, description, file } = model;
  const naming = namingOf(names, config.family);
  if (naming === undefined) throw unnamed(model, names, `that project has no ${FAMILY_NAMES[config.family]}`);
  if (description !== undefined && description.passes.length > 0) {
    throw new ExportError(`${file}: --names ${names}: the layers of a rewritten export are not those of that project`, {
      hint: "Give the checkpoint, or an export made with --to safetensors and without --truncation.",
    });
  }
  const same = [naming.normed, naming.folded].find((mapping) => mapping?.name === resolution.mapping.name);
  const misfit = same === undefined ? naming.misfit(config) : undefined;
  if (misfit !== undefined) throw unnamed(model, names, misfit);
  const mapping = same ?? (hasVectors(model, naming.normed) ? naming.normed : naming.folded);
  if (mapping === undefined) throw unnamed(model, names, "its weights have no singular vectors");
  return {
    naming,
    mapping,
    folded: mapping !== naming.normed,
    // There are other spellings of the same names, as layers were built in other ways.
    copied: same !== undefined && expandMapping(same, graph).every(({ name }) => source.tensors.has(name)),
    rows: rowsFor(model, names, naming, truncation),
  };
}

function rowsFor(
  { config, file }: Model,
  names: Names,
  { statistics }: Naming,
  truncation: number | undefined,
): readonly number[] | undefined {
  if (statistics === "all") {
    if (truncation === undefined) return undefined;
    throw new UsageError(`--truncation: --names ${names} holds the statistics of all truncations`, {
      hint: "Leave it out; it is given when the model runs.",
    });
  }
  const grid = "truncationGrid" in config ? config.truncationGrid : [];
  const wanted = truncation ?? 1;
  const [first = wanted, last = wanted] = [grid[0], grid.at(-1)];
  if (wanted < first || wanted > last) {
    const range = first === last ? `${first}, the only one of the model` : `${first} … ${last}`;
    throw new UsageError(`--truncation: expected ${range}, found ${wanted}`, {
      hint: `${file} has statistics for these alone${truncation === undefined ? ": name one with --truncation" : ""}.`,
    });
  }
  return grid.length === 0 ? undefined : [...truncationRows(wanted, grid)];
}

function unnamed(model: Model, names: Names, reason: string): ExportError {
  const possible = NAMES.filter((other) => other !== names && canHave(model, other));
  return new ExportError(`${model.file}: --names ${names}: ${reason}`, {
    hint: `It can be written with --names ${possible.join(" or ")}.`,
  });
}

function canHave({ config, resolution }: Model, names: Names): boolean {
  if (names === "biggan-port") return true;
  const naming = namingOf(names, config.family);
  return (
    naming !== undefined && (naming.normed.name === resolution.mapping.name || naming.misfit(config) === undefined)
  );
}
