/** tfjs' own converter cuts at 4 MiB: the size that browsers keep in their cache. */
export const SHARD_BYTES = 4 * 1024 * 1024;
