// What the readers use of `node:fs`, on the virtual disk. Compared with Node's own in test/web/platform.
import { systemError } from "./system-error.js";
import type { Entry } from "./virtual-disk.js";

/** Nothing here is a pipe: there is no O_NONBLOCK. */
export const constants = { O_RDONLY: 0 } as const;

const opened = new Map<number, Entry>();
let lastDescriptor = 2;

/** For `node:fs/promises`: a number that {@link readSync} knows the entry by. */
export function openDescriptor(entry: Entry): number {
  lastDescriptor += 1;
  opened.set(lastDescriptor, entry);
  return lastDescriptor;
}

export function closeDescriptor(descriptor: number): void {
  opened.delete(descriptor);
}

/** As Node's; the position must be given. */
export function readSync(
  descriptor: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  position: number,
): number {
  const entry = opened.get(descriptor);
  if (entry === undefined) throw systemError("EBADF", "read", `${descriptor}`);
  if (entry.kind === "folder") throw systemError("EISDIR", "read", `${descriptor}`);
  return entry.content.read(bytes.subarray(offset, offset + length), position);
}

/** Only a process that ends removes synchronously; what a worker leaves is removed at the next start (scratch.ts). */
export function rmSync(): never {
  throw new Error("node:fs: rmSync has no meaning in a browser");
}

/** See {@link rmSync}. */
export const rmdirSync = rmSync;
