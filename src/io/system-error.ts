/** The code of an error from the operating system (`ENOENT`), or undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EBUSY: "in use by another program",
  EDQUOT: "disk quota used up",
  EEXIST: "a file of that name",
  EFBIG: "file too large for the file system",
  EISDIR: "a folder",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "name too long",
  ENOENT: "no such file or folder",
  ENOSPC: "no space left on the device",
  ENOTDIR: "a file where a folder should be",
  EPERM: "no permission",
  EROFS: "a read-only file system",
};

/** What the code means, in words: `no permission (EACCES)`. */
export function describeSystemError(code: string): string {
  const meaning = MEANINGS[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}
