import { type FileContent, memoryContent } from "./file-content.js";
import { systemError } from "./system-error.js";

/** In the origin's private file system: a folder for each use, and a lock of the same name. */
const PREFIX = "biggan-port-scratch-";

/** A folder of this worker's own. Others remove it when nobody holds its lock any more. */
interface Session {
  readonly root: FileSystemDirectoryHandle;
  readonly folder: FileSystemDirectoryHandle;
  readonly name: string;
  readonly release: () => void;
  files: number;
}

let session: Promise<Session | undefined> | undefined;
let names = 0;

/**
 * An empty file for what is unpacked: on the browser's disk (OPFS), where it takes no memory, or in memory where there is none. The folder
 * goes with its last file; what a closed page has left behind is removed at the next start.
 */
export async function scratchContent(path: string): Promise<FileContent> {
  session ??= openSession().catch(() => undefined);
  const mine = await session;
  if (mine === undefined) return memoryContent();
  mine.files += 1;
  const name = `${names++}`;
  try {
    const file = await mine.folder.getFileHandle(name, { create: true });
    const handle = await file.createSyncAccessHandle?.();
    if (handle !== undefined) return diskContent(path, handle, () => removeFile(mine, name));
  } catch {
    // A browser in private mode may refuse late: memory does as well.
  }
  await removeFile(mine, name);
  return memoryContent();
}

function diskContent(path: string, handle: FileSystemSyncAccessHandle, remove: () => Promise<void>): FileContent {
  let byteLength = 0;
  return {
    get byteLength() {
      return byteLength;
    },
    read: (bytes, position) => handle.read(bytes, { at: position }),
    append(bytes) {
      let done = 0;
      try {
        done = handle.write(bytes, { at: byteLength });
      } catch (cause) {
        throw systemError("ENOSPC", "write", path, cause);
      }
      byteLength += done;
      if (done < bytes.length) throw systemError("ENOSPC", "write", path);
    },
    async remove() {
      handle.close();
      await remove();
    },
  };
}

async function openSession(): Promise<Session> {
  const root = await navigator.storage.getDirectory();
  const name = `${PREFIX}${crypto.randomUUID()}`;
  const release = await hold(name);
  await removeForsaken(root);
  return { root, name, release, folder: await root.getDirectoryHandle(name, { create: true }), files: 0 };
}

/** Takes the folder's lock, which ends with this worker at the latest. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

async function removeForsaken(root: FileSystemDirectoryHandle): Promise<void> {
  const found: string[] = [];
  for await (const name of root.keys()) if (name.startsWith(PREFIX)) found.push(name);
  for (const name of found) {
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      // Another page may remove it at the same time.
      if (lock !== null) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    });
  }
}

async function removeFile(mine: Session, name: string): Promise<void> {
  await mine.folder.removeEntry(name).catch(() => undefined);
  mine.files -= 1;
  if (mine.files > 0) return;
  session = undefined;
  await mine.root.removeEntry(mine.name, { recursive: true }).catch(() => undefined);
  mine.release();
}
