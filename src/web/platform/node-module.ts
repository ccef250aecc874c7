// What the readers use of `node:module`: they look for native packages, and do without.

/** Gives a `require` that has nothing. */
export function createRequire(): (name: string) => never {
  return (name) => {
    throw new Error(`${name}: browsers have no native packages`);
  };
}
