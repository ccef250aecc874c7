import { createHash } from "node:crypto";
import type { Mapping } from "./mapping.js";

/** SHA-256 of a mapping, which is plain data, as 64 lower-case hex digits: two tools with the same hash map alike. */
export function mappingHash(mapping: Mapping): string {
  return createHash("sha256").update(JSON.stringify(mapping)).digest("hex");
}
