import path from "node:path";
import { type FileSource, openFile } from "../../src/io/file-source.js";

/** Opens files as usual and counts what is opened, read and still open, by file name: turns "lazy" into an assertion. */
export function countingFiles() {
  const bytesRead = new Map<string, number>();
  const open = new Set<string>();
  async function counted(file: string): Promise<FileSource> {
    const source = await openFile(file);
    const name = path.basename(file);
    open.add(name);
    return {
      name: source.name,
      byteLength: source.byteLength,
      async slice(start, end, options) {
        bytesRead.set(name, (bytesRead.get(name) ?? 0) + end - start);
        return await source.slice(start, end, options);
      },
      sliceNow(start, end) {
        bytesRead.set(name, (bytesRead.get(name) ?? 0) + end - start);
        return source.sliceNow(start, end);
      },
      async [Symbol.asyncDispose]() {
        open.delete(name);
        await source[Symbol.asyncDispose]();
      },
    };
  }
  return { openFile: counted, bytesRead, open };
}
