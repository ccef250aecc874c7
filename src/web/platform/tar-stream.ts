// The reading half of tar-stream. Its writing half asks Node's `fs` what kinds of files there are, and nothing here writes archives.
export { default as extract } from "tar-stream/extract";
