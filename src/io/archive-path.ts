import { FormatError } from "../core/errors.js";

/** PATH_MAX on Linux is 4096; module paths are below 60 characters. Bounds what goes into an error message, too. */
const MAX_PATH_LENGTH = 1024;

/** `entry "variables/variables.index"`: quoted, so that control characters cannot reach a terminal. */
export function entryField(name: string): string {
  const short = name.length > 200 ? `${name.slice(0, 200)}…` : name;
  return `entry ${JSON.stringify(short)}`;
}

function fault(name: string, parts: readonly string[]): string | undefined {
  if (name.length > MAX_PATH_LENGTH) return `${name.length} characters`;
  if (name.startsWith("/")) return "an absolute path";
  if (/^[A-Za-z]:/.test(name)) return "a path with a drive letter";
  if (name.includes("\\")) return "a backslash";
  if (Array.from(name).some((character) => character < " " || character === "\u007f")) return "a control character";
  if (parts.includes("..")) return "a path with ..";
  return undefined;
}

/**
 * An entry's path below the archive's root, without `.` and doubled slashes; "" for the root itself. Whatever could land
 * elsewhere on any system is refused, Windows' rules included, so that one archive means the same everywhere.
 */
export function archivePath(file: string, name: string): string {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  const found = fault(name, parts);
  if (found !== undefined) {
    throw new FormatError({ file, field: entryField(name) }, "a relative path inside the archive", found, {
      hint: "The archive tries to write outside its folder: do not use it.",
    });
  }
  return parts.join("/");
}
