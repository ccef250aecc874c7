import type { Alias } from "vite";

/** For Vite's `resolve.alias`; `platform` is the folder of the modules. */
export function webAliases(platform: string): Alias[];
