import type { Answer } from "../../formats/hdf5/libhdf5.js";
import type { Hdf5Worker, Hdf5WorkerOptions } from "../../formats/hdf5/start-hdf5-worker.js";
import type { LibraryStart } from "./hdf5.worker.js";
import { entryAt } from "./virtual-disk.js";

/** As in src/formats/hdf5/start-hdf5-worker.ts, whose place this takes in browsers: a worker of this worker, which is given the dropped file. */
export function startHdf5Worker({ file, byteLength, heapBytes, onAnswer, onEnd }: Hdf5WorkerOptions): Hdf5Worker {
  const worker = new Worker(new URL("./hdf5.worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => onAnswer(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onEnd(event.message ?? "the reader could not be started");
  });
  const entry = entryAt(file, "open");
  const blob = entry.kind === "file" ? entry.content.blob : undefined;
  if (blob === undefined) onEnd("a file that was unpacked, and HDF5 is read where it was dropped");
  else worker.postMessage({ path: file, blob, byteLength, heapBytes } satisfies LibraryStart);
  return {
    ask: (question) => worker.postMessage(question),
    async end() {
      worker.terminate();
    },
  };
}
