import protobuf from "protobufjs/minimal.js";
import { throwIfAborted } from "../../core/errors.js";
import { timed } from "../../core/timings.js";
import type { FileSource } from "../../io/file-source.js";
import {
  type ContentTemplate,
  endOfName,
  type Length,
  looksLike,
  mayHold,
  templateOf,
  writeLength,
} from "./content-template.js";
import { type ContentRange, type ContentsAside, ContentsOf } from "./contents-aside.js";

/**
 * A SavedModel without the contents of its float32 constants, small ones aside: two thirds of a module's graph are rows of statistics, and nobody needs them to
 * follow it.
 */
export interface SparseModel {
  /** A SavedModel wherever the file is one; those constants have no content in it. The caller's own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contents: ContentsAside;
}

export interface SetAsideOptions {
  readonly signal?: AbortSignal | undefined;
  /** The smallest content that is set aside, in bytes: of smaller ones there is as much to remember. */
  readonly smallest?: number;
  /** Bytes that are read at a time. */
  readonly windowBytes?: number;
}

/** A larger message stays as it is. The largest table of a published model, 51 rows for 4,096 channels, takes 0.8 MiB. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** What is remembered has bounds: real graphs have six thousand contents of some ten templates. What is beyond them stays where it is. */
const MOST_CONTENTS = 1 << 20;
const MOST_TEMPLATES = 1000;
const MOST_ALIKE = 20;

/** Fields that lead to the nodes: SavedModel.meta_graphs, MetaGraphDef.graph_def, GraphDef.node. */
const PATH: readonly number[] = [(2 << 3) | 2, (2 << 3) | 2, (1 << 3) | 2];
const NODE_DEPTH = PATH.length - 1;

/** All ones in numbers that are not finite: https://en.wikipedia.org/wiki/Single-precision_floating-point_format */
const EXPONENT = 0x7f800000;
const MINUS_ZERO = 0x80000000 | 0;

/** A tag and a length, or a number. */
const MOST_HEADER_BYTES = 20;

/**
 * Reads a file once, a window at a time. What is no SavedModel, or damaged, is kept as it is from there on: whoever parses it says what is wrong.
 * Throws what the source throws.
 */
export async function setContentsAside(
  source: FileSource,
  { signal, smallest = 64, windowBytes = 256 * 1024 }: SetAsideOptions = {},
): Promise<SparseModel> {
  const { byteLength } = source;
  // Memory that is never written to is only claimed.
  const bytes = new Uint8Array(byteLength);
  const walker = createWalker(source, bytes, smallest);
  let most = windowBytes;
  for (let at = 0; at < byteLength; ) {
    throwIfAborted(signal);
    const start = walker.filled();
    const length = Math.min(most, byteLength - at);
    await source.slice(at, at + length, { signal, into: bytes.subarray(start, start + length) });
    const { walked, wanted } = timed("graph: set aside", length, () => walker.walk(start, length, at));
    at += walked;
    most = Math.max(windowBytes, wanted);
  }
  return walker.end();
}

/** A message that is being walked. */
interface OpenMessage {
  /** In the file. */
  readonly end: number;
  /** Its length, where that is kept. */
  readonly length: Length;
  /** Bytes that had been set aside before it. */
  readonly before: number;
}

/** `bytes`: has room for all of the file. What is kept stands at its beginning, and what is walked behind that. */
function createWalker(source: FileSource, bytes: Uint8Array<ArrayBuffer>, smallest: number) {
  const { byteLength } = source;
  const view = new DataView(bytes.buffer);
  const contents = new ContentsOf(source);
  /** By the number of bytes that follow the name. */
  const templates = new Map<number, ContentTemplate[]>();
  let templateCount = 0;
  const open: OpenMessage[] = [];
  let filled = 0;
  /** Up to here the file is not looked at. */
  let skipTo = 0;
  /** Of the field whose header was read last. */
  let tag = 0;
  let size = 0;
  let sizeAt = 0;
  let content = 0;
  /** Numbers in a file stand anywhere: they are looked at in one place that is aligned. */
  let aligned = new Int32Array();
  let alignedBytes = new Uint8Array();

  /** By their bits: code that V8 has not made faster yet makes an object of each number that is no integer. */
  function rangeOf(floats: Uint8Array): ContentRange {
    const count = floats.length / Int32Array.BYTES_PER_ELEMENT;
    if (aligned.length < count) {
      aligned = new Int32Array(count);
      alignedBytes = new Uint8Array(aligned.buffer);
    }
    alignedBytes.set(floats);
    let range: ContentRange = "not negative";
    for (let i = 0; i < count; i++) {
      const bits = aligned[i] ?? 0;
      if ((bits & EXPONENT) === EXPONENT) return "not finite";
      if (bits < 0 && bits !== MINUS_ZERO) range = "finite";
    }
    return range;
  }

  function keep(start: number, end: number): void {
    if (start !== filled) bytes.copyWithin(filled, start, end);
    filled += end - start;
  }

  function close({ length: { at, width, value }, before }: OpenMessage): void {
    writeLength(bytes, at, width, value - (contents.total - before));
  }

  /** False when there is none before `stop`, or not all of it. */
  function readHeader(at: number, stop: number): boolean {
    tag = bytes[at] ?? 0;
    size = bytes[at + 1] ?? 0;
    sizeAt = at + 1;
    content = at + 2;
    if (size > 0x7f) {
      const second = bytes[content++] ?? 0;
      size = second > 0x7f ? -1 : (size & 0x7f) | (second << 7);
    }
    // All but a few are of this form, and are read without a call.
    return ((tag & 0x87) === 2 && size >= 0 && content <= stop) || readUnusual(at, stop);
  }

  function readUnusual(at: number, stop: number): boolean {
    const reader = protobuf.Reader.create(bytes.subarray(at, Math.min(stop, at + MOST_HEADER_BYTES)));
    try {
      tag = reader.tag();
      sizeAt = at + reader.pos;
      if ((tag & 7) === 2) size = reader.size();
      else {
        reader.skipType(tag & 7, 0, tag >>> 3);
        size = 0;
      }
      content = at + reader.pos;
      return true;
    } catch (error) {
      if (error instanceof Error) return false;
      throw error;
    }
  }

  function templateOfNode(nameEnd: number, end: number): ContentTemplate | undefined {
    const known = templates.get(end - nameEnd) ?? [];
    for (let at = 0; at < known.length; at++) {
      const same = known[at];
      if (same !== undefined && looksLike(same, view, nameEnd, end)) return same;
    }
    if (known.length === MOST_ALIKE || templateCount === MOST_TEMPLATES) return undefined;
    const template = templateOf(bytes.subarray(nameEnd, end));
    if (template === undefined || template.contentBytes < smallest) return undefined;
    templates.set(end - nameEnd, [...known, template]);
    templateCount++;
    return template;
  }

  return {
    /** How many bytes are kept. */
    filled: () => filled,

    /**
     * Walks on in bytes that stand behind those that are kept: where, how many, and where in the file they are, which is where it stopped. Gives how
     * many are done with, and how many there must be for it to go on.
     */
    walk(start: number, length: number, from: number): { readonly walked: number; readonly wanted: number } {
      const stop = start + length;
      /** From a place here to that in the file. */
      const shift = from - start;
      let at = start;
      let keptTo = start;
      let wanted = 0;
      while (wanted === 0) {
        at = Math.max(at, Math.min(skipTo - shift, stop));
        let top = open.at(-1);
        for (; top !== undefined && at + shift === top.end; top = open.at(-1)) {
          close(top);
          open.pop();
        }
        if (at === stop) break;
        if (!readHeader(at, stop)) {
          if (stop + shift < byteLength && stop - at < MOST_HEADER_BYTES) wanted = MOST_HEADER_BYTES;
          else skipTo = byteLength;
          continue;
        }
        const end = content + size;
        if (end + shift > (top?.end ?? byteLength)) {
          // It claims to be longer than what it is in.
          skipTo = byteLength;
        } else if (tag !== PATH[open.length]) skipTo = end + shift;
        else if (open.length < NODE_DEPTH) {
          const length = { at: filled + sizeAt - keptTo, width: content - sizeAt, value: size };
          open.push({ end: end + shift, length, before: contents.total });
          at = content;
        } else if (size < smallest || size > LARGEST_MESSAGE) skipTo = end + shift;
        else if (end > stop) wanted = end - at;
        else {
          at = end;
          const nameEnd = endOfName(bytes, content);
          if (nameEnd < 0 || !mayHold(smallest, bytes, nameEnd, end)) continue;
          const template = templateOfNode(nameEnd, end);
          if (template === undefined || contents.count === MOST_CONTENTS) continue;
          const { contentBytes, beforeNone } = template;
          keep(keptTo, nameEnd);
          writeLength(bytes, sizeAt + filled - nameEnd, content - sizeAt, size - contentBytes);
          bytes.set(beforeNone, filled);
          filled += beforeNone.length;
          const place = nameEnd + beforeNone.length;
          keptTo = place + contentBytes;
          contents.add(place + shift, rangeOf(bytes.subarray(place, keptTo)), template);
        }
      }
      keep(keptTo, at);
      return { walked: at - start, wanted };
    },

    end(): SparseModel {
      open.forEach(close);
      return { bytes: bytes.subarray(0, filled), contents };
    },
  };
}
