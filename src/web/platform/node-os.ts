// What the readers use of `node:os`.

/** Of the virtual disk: what is made there is made by `scratchContent`. */
export function tmpdir(): string {
  return "/scratch";
}
