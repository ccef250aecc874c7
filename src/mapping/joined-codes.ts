import { decodeFloats, elementCount, isFloat } from "../core/tensor.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../core/tensor-source.js";

/** The parts of one parameter that an export stores in eight bits: `NAME/codes` times `NAME/scales` [channels], plus `NAME/offsets`. */
interface Parts {
  readonly codes: TensorInfo;
  readonly scales: TensorInfo;
  readonly offsets: TensorInfo | undefined;
}

const CODES = "/codes";

/**
 * A source in which such parts are one float32 tensor NAME, with the arithmetic of a runtime: the product rounded to float32, then the
 * sum. Channels are the last axis. Other tensors are the source's own.
 */
export function joinedCodes(source: TensorSource): TensorSource {
  const parts = partsOf(source);
  if (parts.size === 0) return source;
  const used = new Set([...parts.values()].flatMap((each) => Object.values(each)));
  const joined = [...parts].map(
    ([name, { codes }]): TensorInfo => ({ ...codes, name, dtype: "float32", origin: `${codes.origin} (int8)` }),
  );
  const own = [...source.tensors.values()].filter((info) => !used.has(info));
  const all = [...own, ...joined].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { file, format } = source;
  return {
    file,
    format,
    tensors: new Map(all.map((info) => [info.name, info])),
    async read(name, options = {}) {
      const found = parts.get(name);
      return found === undefined ? await source.read(name, options) : await join(source, found, options);
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

function partsOf({ tensors }: TensorSource): ReadonlyMap<string, Parts> {
  const parts = new Map<string, Parts>();
  for (const codes of tensors.values()) {
    if (!codes.name.endsWith(CODES)) continue;
    const name = codes.name.slice(0, -CODES.length);
    const scales = tensors.get(`${name}/scales`);
    const offsets = tensors.get(`${name}/offsets`);
    const channels = codes.shape.at(-1);
    // ONNX has them as [channels, 1, 1, 1].
    const fits = [scales, offsets].every(
      (vector) => vector === undefined || (isFloat(vector.dtype) && elementCount(vector.shape) === channels),
    );
    if (scales !== undefined && fits && isFloat(codes.dtype) && !tensors.has(name)) {
      parts.set(name, { codes, scales, offsets });
    }
  }
  return parts;
}

async function join(
  source: TensorSource,
  { codes, scales, offsets }: Parts,
  options: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const floats = async ({ name, dtype }: TensorInfo) => decodeFloats(await source.read(name, options), dtype);
  const [values, factors] = [Float32Array.from(await floats(codes)), await floats(scales)];
  const addends = offsets === undefined ? undefined : await floats(offsets);
  const channels = factors.length;
  for (let at = 0; at < values.length; at++) {
    const product = Math.fround((values[at] ?? 0) * (factors[at % channels] ?? 0));
    values[at] = addends === undefined ? product : product + (addends[at % channels] ?? 0);
  }
  return new Uint8Array(values.buffer);
}
