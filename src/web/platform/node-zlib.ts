// What the readers use of `node:zlib`, but for gunzip: see gzip-inflater.ts.
export { portableCrc32 as crc32 } from "../../formats/zip/crc32.js";
