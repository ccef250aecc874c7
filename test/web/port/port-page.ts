// The page of the tests: fetches fixtures as files, has them ported in a worker, and looks into the origin's private file system.

import type { PortTask } from "./port.worker.js";
import type { PortAnswer } from "./port-answer.js";

export interface PageTask {
  /** Addresses, and the path of each in what is dropped. */
  readonly files: readonly { readonly url: string; readonly path: string }[];
  readonly abortAt?: PortTask["abortAt"];
  /** In a worker of its own. */
  readonly withoutDisk?: boolean;
}

declare global {
  /** All in one worker, one after the other. */
  var port: (task: PageTask) => Promise<PortAnswer>;
  /** Files and folders in OPFS, all levels. */
  var listScratch: () => Promise<string[]>;
}

let worker: Worker | undefined;

globalThis.port = async ({ files, abortAt, withoutDisk }) => {
  const dropped = await Promise.all(
    files.map(async ({ url, path }) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return { path, file: await response.blob() };
    }),
  );
  if (withoutDisk || worker === undefined) {
    worker?.terminate();
    worker = new Worker(new URL("./port.worker.js", import.meta.url), { type: "module" });
  }
  return await answerOf(worker, { files: dropped, abortAt, withoutDisk });
};

function answerOf(asked: Worker, task: PortTask): Promise<PortAnswer> {
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }) => resolve(data);
    asked.onerror = (event) => reject(new Error(event.message));
    asked.postMessage(task);
  });
}

async function namesBelow(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) {
    names.push(name);
    const inner = await folder.getDirectoryHandle(name).catch(() => undefined);
    if (inner !== undefined) names.push(...(await namesBelow(inner)).map((below) => `${name}/${below}`));
  }
  return names;
}

globalThis.listScratch = async () => await namesBelow(await navigator.storage.getDirectory());
