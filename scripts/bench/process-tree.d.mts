export function parseStat(text: string): [pid: number, parent: number];
export function parseStatus(text: string): { resident: number; highest: number };
export function descendants(pairs: readonly (readonly [pid: number, parent: number])[], root: number): number[];
export function watchMemory(root: number, everyMs?: number): { stop(): number };
