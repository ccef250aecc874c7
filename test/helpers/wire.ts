/** A protocol buffer's fields written by hand, to make files that no library would write. */

export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** A length-delimited field. `claimed` replaces the true length. */
export function field(number: number, content: string | Iterable<number>, claimed?: number): Uint8Array {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return joined(varint(number * 8 + 2), varint(claimed ?? bytes.length), bytes);
}

export function joined(...parts: readonly Iterable<number>[]): Uint8Array {
  const arrays = parts.map((part) => Uint8Array.from(part));
  const bytes = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    bytes.set(array, at);
    at += array.length;
  }
  return bytes;
}

/** A SavedModel of one meta graph with these GraphDef fields. */
export function savedModelOf(...graph: readonly Iterable<number>[]): Uint8Array {
  return field(2, field(2, joined(...graph)));
}

/** GraphDef.node. */
export function nodeField(name: string, op: string, inputs: readonly string[] = []): Uint8Array {
  return field(1, joined(field(1, name), field(2, op), ...inputs.map((input) => field(3, input))));
}
