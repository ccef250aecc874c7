import { UsageError } from "../core/errors.js";
import type { Role } from "../graph/graph.js";
import type { Model } from "../mapping/open-model.js";
import { FAMILY_NAMES } from "../models/model-config.js";

const HINTS = {
  generator:
    "A discriminator judges pictures: `biggan-port score`. inspect, check, run, parity and convert take it too.",
  discriminator: "A generator makes pictures: `biggan-port sample`.",
} as const satisfies Record<Role, string>;

/** Refuses a model of the other role for what only one can do, with a {@link UsageError}. */
export function requireRole({ file, config, graph }: Model, role: Role, what: string): void {
  if (graph.role === role) return;
  throw new UsageError(
    `${file}: ${what}: expected a ${role}, found a ${FAMILY_NAMES[config.family]}${graph.role === "generator" ? " generator" : ""}`,
    {
      hint: HINTS[role],
    },
  );
}
