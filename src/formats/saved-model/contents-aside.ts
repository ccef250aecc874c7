import type { FileSource } from "../../io/file-source.js";
import type { ContentTemplate } from "./content-template.js";

/** Whether one of some numbers is not finite, or, if all are, one is below 0. */
export type ContentRange = "not finite" | "finite" | "not negative";

/** The content of a float32 constant that stayed in the file. */
export interface ContentAside {
  /** Where in the file it begins. */
  readonly offset: number;
  readonly byteLength: number;
  readonly range: ContentRange;
  /** Two of one template are of nodes that differ in name and content only. */
  readonly template: ContentTemplate;
  /** Its bytes, a copy, read now. */
  read(): Uint8Array<ArrayBuffer>;
}

/** Contents that stayed in a file, in its order, for whoever has the bytes without them. */
export interface ContentsAside {
  /** The one that stood between two places of those bytes; they are those of a message. */
  within(start: number, end: number): ContentAside | undefined;
  /** Where in the file a place of those bytes is. */
  fileOffset(place: number): number;
}

class Content implements ContentAside {
  constructor(
    private readonly source: FileSource,
    /** Where it stood. */
    readonly place: number,
    readonly offset: number,
    readonly range: ContentRange,
    readonly template: ContentTemplate,
  ) {}

  get byteLength(): number {
    return this.template.contentBytes;
  }

  read(): Uint8Array<ArrayBuffer> {
    return this.source.sliceNow(this.offset, this.offset + this.byteLength);
  }
}

/** Those of a file, as they are found. */
export class ContentsOf implements ContentsAside {
  /** Bytes of all of them. */
  total = 0;
  readonly #contents: Content[] = [];
  #last = -1;

  constructor(private readonly source: FileSource) {}

  get count(): number {
    return this.#contents.length;
  }

  add(offset: number, range: ContentRange, template: ContentTemplate): void {
    this.#contents.push(new Content(this.source, offset - this.total, offset, range, template));
    this.total += template.contentBytes;
  }

  within(start: number, end: number): ContentAside | undefined {
    // Most often it is the next one that is asked for.
    const next = this.#last + 1;
    const number = this.#isWithin(next, start, end) ? next : this.#firstFrom(start);
    if (!this.#isWithin(number, start, end)) return undefined;
    this.#last = number;
    return this.#contents[number];
  }

  fileOffset(place: number): number {
    const before = this.#contents[this.#firstFrom(place + 1) - 1];
    return before === undefined ? place : before.offset + before.byteLength + place - before.place;
  }

  #isWithin(number: number, start: number, end: number): boolean {
    const place = this.#contents[number]?.place ?? -1;
    return place >= start && place <= end;
  }

  /** Number of the first one that stood at a place or behind it. */
  #firstFrom(place: number): number {
    let low = 0;
    let high = this.#contents.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#contents[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
