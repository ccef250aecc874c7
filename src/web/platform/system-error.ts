/** Node's words for the codes that the readers ask for. */
const MEANINGS = {
  EACCES: "permission denied",
  EBADF: "bad file descriptor",
  EEXIST: "file already exists",
  EIO: "i/o error",
  EISDIR: "illegal operation on a directory",
  ENOENT: "no such file or directory",
  ENOSPC: "no space left on device",
  ENOTDIR: "not a directory",
  ENOTEMPTY: "directory not empty",
} as const;

export type SystemCode = keyof typeof MEANINGS;

/** An error as Node's file system throws it: the readers word it by its `code`. */
export function systemError(code: SystemCode, syscall: string, path: string, cause?: unknown): Error {
  const error = new Error(`${code}: ${MEANINGS[code]}, ${syscall} '${path}'`, { cause });
  return Object.assign(error, { code, syscall, path });
}
