import { Buffer } from "node:buffer";
import { type DecodeContext, decodeMessage, decodeRepeated } from "./decode.js";
import { isPlain, repeatedText, textReader } from "./node-text.js";
import type { NodeDef } from "./types.js";

/** Fields of NodeDef that every node is asked for: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/node_def.proto */
const NAME_TAG = (1 << 3) | 2;
const OP_TAG = (2 << 3) | 2;
const INPUT_TAG = (3 << 3) | 2;

const NO_INPUTS: readonly string[] = [];

/** The message that nodes are part of. */
interface Encoded extends Pick<DecodeContext, "file" | "bytes"> {
  /** The same bytes. */
  readonly buffer: Buffer;
}

/** A class for its getters, which an object of each of ten thousands of nodes would have of its own. */
class EncodedNode implements NodeDef {
  constructor(
    readonly name: string,
    readonly op: string,
    private readonly graph: Encoded,
    private readonly start: number,
    private readonly end: number,
    /** Where the first input stands; -1 when there is none. */
    private readonly firstInput: number,
  ) {}

  /** Decoded when the node is followed: half of a graph is constants, which have none, and much of the rest never is. */
  get inputs(): readonly string[] {
    const { graph, firstInput, end, name } = this;
    if (firstInput < 0) return NO_INPUTS;
    return plainInputs(graph, firstInput, end) ?? decodeInputs(graph, this.encoded, name);
  }

  /** Cut out when it is asked for: of most nodes it never is, and views are costly. */
  get encoded(): Uint8Array {
    return this.graph.bytes.subarray(this.start, this.end);
  }
}

function decodeInputs(graph: Encoded, encoded: Uint8Array, name: string): readonly string[] {
  const inputs: string[] = [];
  decodeMessage(graph, encoded, `node ${name}`, (reader) => {
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      if (tag === INPUT_TAG) inputs.push(reader.stringVerify());
      else reader.skipType(tag & 7, 0, tag >>> 3);
    }
  });
  return inputs;
}

/** As {@link decodeInputs} from the first input on, where all fields have lengths and all inputs plain letters; undefined elsewhere. */
function plainInputs({ bytes, buffer }: Encoded, start: number, end: number): readonly string[] | undefined {
  const inputs: string[] = [];
  for (let at = start; at < end; ) {
    const tag = bytes[at] ?? 0;
    const length = shortLength(bytes, at + 1);
    if (!hasLength(tag) || length < 0) return undefined;
    const content = afterLength(bytes, at + 1);
    at = content + length;
    if (tag !== INPUT_TAG) continue;
    if (!isPlain(bytes, content, at)) return undefined;
    inputs.push(buffer.toString("latin1", content, at));
  }
  return inputs;
}

/** A tag of one byte, of a field that begins with its length. */
const hasLength = (tag: number) => (tag & 0x87) === 2 && tag > 7;

/** A length of up to three bytes, which is that of nearly all fields; -1 for a longer one. https://protobuf.dev/programming-guides/encoding/#varints */
function shortLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return first;
  const second = bytes[at + 1] ?? 0;
  if (second < 0x80) return (first & 0x7f) | (second << 7);
  const third = bytes[at + 2] ?? 0;
  return third < 0x80 ? (first & 0x7f) | ((second & 0x7f) << 7) | (third << 14) : -1;
}

function afterLength(bytes: Uint8Array, at: number): number {
  let after = at;
  while ((bytes[after] ?? 0) >= 0x80) after++;
  return after + 1;
}

/**
 * The nodes of a GraphDef or FunctionDef, whose field of that number they are. Their fields are walked by hand: a graph has ten thousands of nodes, and of most only
 * name and op are ever needed.
 */
export function readNodes(context: DecodeContext, bytes: Uint8Array, field: number): NodeDef[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const graph: Encoded = { file: context.file, bytes, buffer };
  const textOf = textReader(bytes, buffer);
  const opOf = repeatedText(bytes, textOf);
  return decodeRepeated(context, bytes, field, "node", (reader, length) => {
    const start = reader.pos;
    const end = start + length;
    if (end > reader.len) reader.skip(length);
    let name = "";
    let op = "";
    let firstInput = -1;
    for (let at = start; at < end; ) {
      let tag = bytes[at] ?? 0;
      let size = shortLength(bytes, at + 1);
      let content = afterLength(bytes, at + 1);
      if (!hasLength(tag) || size < 0) {
        reader.pos = at;
        tag = reader.tag();
        if ((tag & 7) !== 2) {
          reader.skipType(tag & 7, 0, tag >>> 3);
          at = reader.pos;
          continue;
        }
        size = reader.size();
        content = reader.pos;
      }
      if (content + size > end) {
        reader.pos = content;
        throw new RangeError("a field that ends with its message, found one that ends behind it");
      }
      if (tag === NAME_TAG) name = textOf(content, content + size);
      else if (tag === OP_TAG) op = opOf(content, content + size);
      else if (tag === INPUT_TAG && firstInput < 0) firstInput = at;
      at = content + size;
    }
    reader.pos = end;
    return new EncodedNode(name, op, graph, start, end, firstInput);
  });
}
