import { FormatError } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { decodeFloats, type FloatArray } from "../core/tensor.js";
import type { ReadOptions, TensorSource } from "../core/tensor-source.js";
import type { Assignment } from "./mapping.js";
import { foldSpectralNorm } from "./spectral-norm.js";

/** The graph's parameters read through a resolved mapping: one tensor at a time, nothing kept. */
export function mappedParameters(source: TensorSource, assignments: readonly Assignment[]): ParameterSource {
  const byTarget = new Map(assignments.map((assignment) => [assignment.target, assignment]));

  async function floats(name: string, options: ReadOptions): Promise<FloatArray> {
    const info = source.tensors.get(name);
    if (info === undefined) throw new Error(`mapping: ${name} is not in ${source.file}`);
    const data = decodeFloats(await source.read(name, options), info.dtype);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new FormatError(
        { file: source.file, field: `${name} element ${bad} (${info.origin})` },
        "a finite number",
        String(data[bad]),
        {
          hint: "The weights themselves are damaged, although their checksum is right: take the checkpoint from its source again.",
        },
      );
    }
    return data;
  }

  return {
    async read(name, options = {}) {
      const assignment = byTarget.get(name);
      if (assignment === undefined) throw new Error(`mapping: no rule fills ${name}`);
      let data = await floats(assignment.source, options);
      for (const { u, epsilon } of assignment.transforms) {
        data = foldSpectralNorm(data, await floats(u, options), epsilon);
        if (!Number.isFinite(data[0] ?? 0)) throw withoutNorm(source.file, assignment.source, u);
      }
      return data;
    },
  };
}

/** A weight of zeros has no spectral norm: TensorFlow's graph would answer NaN everywhere. */
function withoutNorm(file: string, weight: string, u: string): FormatError {
  return new FormatError({ file, field: weight }, `a spectral norm above 0 (with ${u})`, "0", {
    hint: "The weight or its singular vector is all zeros: this checkpoint was not trained, or not saved in full.",
  });
}
