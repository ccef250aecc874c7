/** Safari and older browsers lack the symbols that `await using` is compiled to: to be imported before anything that closes itself. */
for (const name of ["dispose", "asyncDispose"]) {
  if (Reflect.get(Symbol, name) === undefined) {
    Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
  }
}

export {};
