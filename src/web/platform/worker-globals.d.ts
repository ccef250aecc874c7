// What workers have and TypeScript's types of pages leave out.

/** https://w3c.github.io/FileAPI/#FileReaderSync */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle */
interface FileSystemSyncAccessHandle {
  read(bytes: Uint8Array, options: { readonly at: number }): number;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  close(): void;
}

interface FileSystemFileHandle {
  /** Missing outside workers, and in older browsers. */
  createSyncAccessHandle?(): Promise<FileSystemSyncAccessHandle>;
}

interface FileSystemDirectoryHandle {
  keys(): AsyncIterableIterator<string>;
}
