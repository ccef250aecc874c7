/** A tensor by name, always float32: what the back-ends compute in. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** One frame. `facts` is any JSON; who receives it checks it. */
export function encodeMessage(facts: object, tensors?: readonly NamedTensor[]): Uint8Array<ArrayBuffer>;

/** Throws an Error when the frame is cut short, has bytes left over, or is no JSON. */
export function decodeMessage(buffer: ArrayBuffer): { facts: unknown; tensors: NamedTensor[] };
