import { FormatError } from "../../core/errors.js";

/**
 * Where a zip archive's directory stands: the end record, and before it the zip64 record of large archives, which torch writes
 * always (APPNOTE 6.3.10, sections 4.3.14 to 4.3.16: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT).
 */
export interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const RECORD64_SIGNATURE = 0x06064b50;
const RECORD64_BYTES = 56;
/** The archive comment's length is a 16-bit number: the end record cannot lie further from the end. */
const MAX_COMMENT_BYTES = 0xffff;

/** The most that has to be read of an archive's end to find its directory. */
export const MAX_TAIL_BYTES = MAX_COMMENT_BYTES + END_BYTES + LOCATOR_BYTES + RECORD64_BYTES;

/** A field that holds its largest value stands for one of the zip64 record. */
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

const DAMAGED = { hint: "The archive is truncated or damaged: fetch or write it again." } as const;

/** The last bytes of an archive; `start` is their place in it, and the archive ends with them. `file` is for messages. */
export interface ArchiveTail {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly start: number;
}

/** Finds the directory from the archive's last {@link MAX_TAIL_BYTES}. Throws a {@link FormatError} when there is none. */
export function findDirectory(tail: ArchiveTail): DirectoryPlace {
  const { bytes, start, file } = tail;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = findEndRecord(tail, view);
  const count = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  const fail = (field: string, expected: string, found: string): never => {
    throw new FormatError({ file, offset: start + at, field }, expected, found, DAMAGED);
  };
  const isFull = count === FULL_16 || size === FULL_32 || offset === FULL_32;
  const large = at >= LOCATOR_BYTES && view.getUint32(at - LOCATOR_BYTES, true) === LOCATOR_SIGNATURE;
  if (isFull && !large) fail("zip64 locator", "one before the end record", "none");
  const disks = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  if (disks.some((disk) => disk !== 0 && !(large && disk === FULL_16)) || view.getUint16(at + 8, true) !== count) {
    fail("disk", "an archive in one piece", "one of several disks");
  }
  if (!large) return checked(tail, { start: offset, count }, size, start + at);
  const record = readRecord64(tail, view, at - LOCATOR_BYTES);
  const agrees =
    (count === FULL_16 || count === record.count) &&
    (size === FULL_32 || size === record.size) &&
    (offset === FULL_32 || offset === record.start);
  if (!agrees) fail("end record", "the numbers of the zip64 record", "others");
  return checked(tail, record, record.size, record.at);
}

function findEndRecord({ file, bytes, start }: ArchiveTail, view: DataView): number {
  const lowest = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  const size = start + bytes.length;
  throw new FormatError({ file, field: "end record" }, "a zip archive", `none in ${size} bytes`, {
    hint: "This is not a zip archive (.npz, .pth), or it is truncated.",
  });
}

/** The zip64 record must stand right before its locator, as every writer puts it. */
function readRecord64({ file, start }: ArchiveTail, view: DataView, locator: number) {
  const fail = (at: number, field: string, expected: string, found: string): never => {
    throw new FormatError({ file, offset: start + at, field: `zip64 ${field}` }, expected, found, DAMAGED);
  };
  const at = locator - RECORD64_BYTES;
  const claimed = view.getBigUint64(locator + 8, true);
  if (at < 0 || claimed !== BigInt(start + at)) {
    fail(locator + 8, "locator", `the record before it, at byte ${start + at}`, `byte ${claimed}`);
  }
  if (view.getUint32(at, true) !== RECORD64_SIGNATURE || view.getBigUint64(at + 4, true) !== 44n) {
    fail(at, "record", `one of ${RECORD64_BYTES} bytes`, "something else");
  }
  const total = view.getBigUint64(at + 32, true);
  const onlyDisk = view.getUint32(at + 16, true) === 0 && view.getUint32(at + 20, true) === 0;
  if (!onlyDisk || view.getBigUint64(at + 24, true) !== total) {
    fail(at + 16, "disk", "an archive in one piece", "one of several disks");
  }
  const number = (place: number, field: string): number => {
    const value = view.getBigUint64(place, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) fail(place, field, "a number below 2^53", `${value}`);
    return Number(value);
  };
  return {
    at: start + at,
    count: number(at + 32, "entry count"),
    size: number(at + 40, "directory size"),
    start: number(at + 48, "directory offset"),
  };
}

function checked(
  { file }: ArchiveTail,
  { start, count }: Pick<DirectoryPlace, "start" | "count">,
  size: number,
  end: number,
): DirectoryPlace {
  if (start + size === end) return { start, end, count };
  throw new FormatError(
    { file, offset: end, field: "central directory" },
    `to end at byte ${end}`,
    `bytes ${start} to ${start + size}`,
    DAMAGED,
  );
}
