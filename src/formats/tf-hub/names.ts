/** A variable's name as the mappings know it: without the scope that `hub.Module` adds, and without an output number. */
export function plainName(name: string): string {
  return name.replace(/^module\//, "").replace(/:0$/, "");
}
