import { decodeFloats, toFloat64 } from "../../core/tensor.js";
import type { ReadOptions, TensorSource } from "../../core/tensor-source.js";
import type { Assignment, Transform } from "../../mapping/mapping.js";

/** The tensors that one parameter is made of, as the checkpoint has them. */
export interface Origin {
  /** `Generator/GBlock/conv0/w/ema_b999900` */
  readonly source: string;
  /** The other one of a moving average and its raw weight, where the checkpoint has both. */
  readonly twin: string | undefined;
  /** Where the weight is divided by its spectral norm. */
  readonly norm: { readonly u: string; readonly epsilon: number } | undefined;
}

/** Where a model's parameters come from: what hypotheses about moving averages and spectral norms need. */
export interface ParameterOrigins {
  of(parameter: string): Origin | undefined;
  /** A tensor of the checkpoint. */
  read(tensor: string, options?: ReadOptions): Promise<Float64Array<ArrayBuffer>>;
}

/** Of a model's source and the assignments of its resolution. Reads nothing yet. */
export function parameterOrigins(source: TensorSource, assignments: readonly Assignment[]): ParameterOrigins {
  const origins = new Map(
    assignments.flatMap(({ target, source: name, transforms }): [string, Origin][] => {
      const norm = moduleNorm(transforms);
      return transforms.length > 0 && norm === undefined
        ? []
        : [[target, { source: name, twin: twinOf(source, name), norm }]];
    }),
  );
  return {
    of: (parameter) => origins.get(parameter),
    async read(tensor, options = {}) {
      const info = source.tensors.get(tensor);
      if (info === undefined) throw new Error(`diagnosis: ${tensor} is not in ${source.file}`);
      return toFloat64(decodeFloats(await source.read(tensor, options), info.dtype));
    },
  };
}

/** The norm of the modules' own scheme, alone: only with that do hypotheses know what the source's numbers are. */
function moduleNorm([first, ...others]: readonly Transform[]): Origin["norm"] {
  if (first?.op !== "spectralNorm" || others.length > 0) return undefined;
  return first.guard === undefined && first.out === undefined ? first : undefined;
}

/** `w` of `w/ema_0.9999`, and the other way round. */
function twinOf({ tensors }: TensorSource, name: string): string | undefined {
  const raw = /^(.+)\/ema_[^/]+$/.exec(name)?.[1];
  if (raw !== undefined) return tensors.has(raw) ? raw : undefined;
  return [...tensors.keys()].find((other) => other.startsWith(`${name}/ema_`));
}
