import { FormatError } from "../../core/errors.js";

/** Names by their bytes, where they lie. */
export interface NameIndex {
  /** Adds the next name; gives the number of an equal one that is there already, else undefined. Throws a {@link FormatError} for names made to collide. */
  add(start: number, end: number): number | undefined;
  /** The number of the first name that is equal to these bytes: names are numbered in the order in which they were added. */
  find(from: DataView, start: number, end: number): number | undefined;
}

/** With hashes as they fall, a table of a million names that is half full has runs of some sixty. */
const MOST_PROBES = 1000;

const FIELDS = 3;
const AGAIN = -1;

/**
 * Finds names without making strings of them: a graph has ten thousands of nodes, most are only ever referred to. Open addressing with linear probing.
 * `file` is for messages; `capacity`, at least 1, is
 * the number that is likely.
 */
export function createNameIndex(file: string, names: DataView, capacity: number): NameIndex {
  /** [start, end, hash] of each name; an end of {@link AGAIN} says that it was there before. */
  let fields = new Int32Array(capacity * FIELDS);
  /** Number + 1 of the name in each place; 0 where there is none. At most half of the places are taken. */
  let places = new Int32Array(2 << Math.ceil(Math.log2(capacity)));
  let count = 0;

  function grow(): void {
    const more = new Int32Array(fields.length * 2);
    more.set(fields);
    fields = more;
    places = new Int32Array(places.length * 2);
    for (let number = 0; number < count; number++) {
      if (fields[number * FIELDS + 1] !== AGAIN) put(number, fields[number * FIELDS + 2] ?? 0);
    }
  }

  function put(number: number, hash: number): void {
    let place = hash & (places.length - 1);
    for (let probes = 0; places[place] !== 0; probes++) {
      if (probes === MOST_PROBES) {
        throw new FormatError(
          { file, field: "names of nodes" },
          "names that can be told apart",
          "names made to collide",
        );
      }
      place = (place + 1) & (places.length - 1);
    }
    places[place] = number + 1;
  }

  function findHashed(hash: number, from: DataView, start: number, end: number): number | undefined {
    for (let place = hash & (places.length - 1); ; place = (place + 1) & (places.length - 1)) {
      const number = (places[place] ?? 0) - 1;
      if (number < 0) return undefined;
      const at = number * FIELDS;
      const ownStart = fields[at] ?? 0;
      if (fields[at + 2] !== hash || (fields[at + 1] ?? 0) - ownStart !== end - start) continue;
      if (isSame(names, ownStart, from, start, end - start)) return number;
    }
  }

  return {
    add(start, end) {
      const hash = hashOf(names, start, end);
      const same = findHashed(hash, names, start, end);
      if (count * FIELDS === fields.length) grow();
      const at = count * FIELDS;
      fields[at] = start;
      fields[at + 1] = same === undefined ? end : AGAIN;
      fields[at + 2] = hash;
      if (same === undefined) put(count, hash);
      count++;
      return same;
    },
    find: (from, start, end) => findHashed(hashOf(from, start, end), from, start, end),
  };
}

/** Four bytes at a time; the multipliers are those of MurmurHash3: https://github.com/aappleby/smhasher/wiki/MurmurHash3 */
export function hashOf(bytes: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) ^ Math.imul(bytes.getInt32(at, true), 0xcc9e2d51);
  }
  for (; at < end; at++) hash = Math.imul(hash, 31) + bytes.getUint8(at);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Whether two texts are the same. */
export function isSame(a: DataView, startA: number, b: DataView, startB: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) if (a.getInt32(startA + at) !== b.getInt32(startB + at)) return false;
  for (; at < length; at++) if (a.getUint8(startA + at) !== b.getUint8(startB + at)) return false;
  return true;
}
