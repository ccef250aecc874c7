import { Buffer } from "node:buffer";
import type { ContentAside } from "./contents-aside.js";
import { type DecodeContext, decodeMessage, eachRepeated } from "./decode.js";
import { createNameIndex } from "./name-index.js";
import { type NodeTable, takeReferences } from "./node-table.js";
import { isPlain, repeatedText, textReader } from "./node-text.js";
import type { NodeDef } from "./types.js";

/** Fields of NodeDef that every node is asked for: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/node_def.proto */
const NAME_TAG = (1 << 3) | 2;
const OP_TAG = (2 << 3) | 2;
const INPUT_TAG = (3 << 3) | 2;

/** Of an input that only says what comes before. */
const CARET = 0x5e;

/** What is kept of a node: where its message, its name and its first input (-1 when there is none) are. */
const FIELDS = 5;
const START = 0;
const END = 1;
const NAME_START = 2;
const NAME_END = 3;
const FIRST_INPUT = 4;

/** Half of what a node of a real graph takes, statistics and all; the tables begin with room for so many. */
const LIKELY_BYTES = 128;

/**
 * The nodes of a GraphDef or FunctionDef, whose field of that number they are. Their fields are walked by hand, and numbers are kept of each: a graph has ten
 * thousands of nodes, and most are only gone through.
 */
export function readNodes(context: DecodeContext, bytes: Uint8Array, field: number): NodeTable {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textOf = textReader(view, buffer);
  const opOf = repeatedText(view, textOf);
  const capacity = Math.ceil(bytes.length / LIKELY_BYTES);
  const names = createNameIndex(context.file, view, capacity);
  const ops: string[] = new Array(capacity);
  let count = 0;
  /** Those with fields of another form than a tag of one byte, a length of up to two and so many bytes. */
  const unusual = new Set<number>();
  const { contents } = context;
  const offset = bytes.byteOffset - context.bytes.byteOffset;
  const graph: EncodedGraph = {
    context,
    bytes,
    nameAt: (position) => textOf(placeOf(position, NAME_START), placeOf(position, NAME_END)),
    contentAt: (position) => contents?.within(offset + placeOf(position, START), offset + placeOf(position, END)),
  };
  const made = new Map<number, EncodedNode>();
  let twice: string | undefined;
  let places = new Int32Array(capacity * FIELDS);
  const placeOf = (position: number, what: number) => places[position * FIELDS + what] ?? 0;

  eachRepeated(context, bytes, field, "node", (reader, length) => {
    const start = reader.pos;
    const end = start + length;
    if (end > reader.len) reader.skip(length);
    const position = count;
    let nameStart = start;
    let nameEnd = start;
    let op = "";
    let firstInput = -1;
    // No calls for what nearly all fields are: there are some two hundred thousand, gone through once.
    for (let at = start; at < end; ) {
      let tag = bytes[at] ?? 0;
      let size = bytes[at + 1] ?? 0;
      let content = at + 2;
      if (size > 0x7f) {
        const second = bytes[content++] ?? 0;
        size = second > 0x7f ? -1 : (size & 0x7f) | (second << 7);
      }
      if ((tag & 0x87) !== 2 || tag === 2 || size < 0) {
        unusual.add(position);
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
      if (tag === NAME_TAG) {
        nameStart = content;
        nameEnd = content + size;
      } else if (tag === OP_TAG) op = opOf(content, content + size);
      else if (tag === INPUT_TAG && firstInput < 0) firstInput = at;
      at = content + size;
    }
    // Only what is not ASCII can be no text.
    if (!isPlain(view, nameStart, nameEnd)) textOf(nameStart, nameEnd);
    if (names.add(nameStart, nameEnd) !== undefined) twice ??= textOf(nameStart, nameEnd);
    const at = position * FIELDS;
    if (at === places.length) places = doubled(places);
    places[at + START] = start;
    places[at + END] = end;
    places[at + NAME_START] = nameStart;
    places[at + NAME_END] = nameEnd;
    places[at + FIRST_INPUT] = firstInput;
    ops[count++] = op;
    reader.pos = end;
  });

  function nodeAt(position: number): EncodedNode | undefined {
    const op = ops[position];
    if (op === undefined) return undefined;
    const known = made.get(position);
    if (known !== undefined) return known;
    const node = new EncodedNode(graph, position, op, placeOf(position, START), placeOf(position, END));
    made.set(position, node);
    return node;
  }

  function inputText(position: number, start: number, end: number): string {
    const field = `node ${nodeAt(position)?.name}`;
    return decodeMessage(context, bytes.subarray(start, end), field, () => textOf(start, end));
  }

  function find(name: string): number | undefined {
    const sought = new TextEncoder().encode(name);
    return names.find(new DataView(sought.buffer), 0, sought.length);
  }

  return {
    length: count,
    at: nodeAt,
    op: (position) => ops[position] ?? "",
    find,
    contentAside: (position) => (position < count ? graph.contentAt(position) : undefined),
    positionOf: (node) =>
      node instanceof EncodedNode && made.get(node.position) === node ? node.position : find(node.name),
    twice,
    eachInput(position, take) {
      const first = placeOf(position, FIRST_INPUT);
      if (first < 0 || position >= count) return;
      if (unusual.has(position)) return takeReferences(nodeAt(position)?.inputs ?? [], find, take);
      const end = placeOf(position, END);
      for (let at = first; at < end; ) {
        const size = bytes[at + 1] ?? 0;
        const content = size > 0x7f ? at + 3 : at + 2;
        const next = content + (size > 0x7f ? (size & 0x7f) | ((bytes[at + 2] ?? 0) << 7) : size);
        if (bytes[at] === INPUT_TAG && bytes[content] !== CARET) {
          const from = names.find(view, content, next);
          if (from !== undefined) take(from, undefined);
          // Few have more than a name, which a name cannot be: no colon may be in it.
          else takeReferences([inputText(position, content, next)], find, take);
        }
        at = next;
      }
    },
    *[Symbol.iterator]() {
      for (let position = 0; position < count; position++) {
        const node = nodeAt(position);
        if (node !== undefined) yield node;
      }
    },
  };
}

/** What all nodes of a graph have in common. */
interface EncodedGraph {
  readonly context: DecodeContext;
  readonly bytes: Uint8Array;
  nameAt(position: number): string;
  contentAt(position: number): ContentAside | undefined;
}

/** A class for its getters, which an object of each of thousands of nodes would have of its own. All is made when it is asked for. */
class EncodedNode implements NodeDef {
  #name: string | undefined;

  constructor(
    private readonly graph: EncodedGraph,
    readonly position: number,
    readonly op: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  get name(): string {
    this.#name ??= this.graph.nameAt(this.position);
    return this.#name;
  }

  get encoded(): Uint8Array {
    return this.graph.bytes.subarray(this.start, this.end);
  }

  get contentAside(): ContentAside | undefined {
    return this.graph.contentAt(this.position);
  }

  get inputs(): readonly string[] {
    const inputs: string[] = [];
    decodeMessage(this.graph.context, this.encoded, `node ${this.name}`, (reader) => {
      while (reader.pos < reader.len) {
        const tag = reader.tag();
        if (tag === INPUT_TAG) inputs.push(reader.stringVerify());
        else reader.skipType(tag & 7, 0, tag >>> 3);
      }
    });
    return inputs;
  }
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(values.length * 2);
  more.set(values);
  return more;
}
