// Runs libhdf5 for one dropped file: a damaged file can make it trap, loop or ask for gigabytes, and here it can be stopped without harm.
import { type Answer, type LibraryOptions, openLibrary, type Question } from "../../formats/hdf5/libhdf5.js";
import { blobContent } from "./file-content.js";

/** The first message; all others are questions. */
export interface LibraryStart extends Omit<LibraryOptions, "readAt"> {
  readonly path: string;
  readonly blob: Blob;
}

let library: Promise<(question: Question) => Answer> | undefined;

function start({ path, blob, byteLength, heapBytes }: LibraryStart) {
  const content = blobContent(path, blob);
  return openLibrary({
    byteLength,
    heapBytes,
    readAt: (memory, offset, length, position) => content.read(memory.subarray(offset, offset + length), position),
  });
}

async function answerTo(question: Question): Promise<Answer> {
  try {
    return (await library)?.(question) ?? { failed: "the reader was not started" };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", async ({ data }: MessageEvent<LibraryStart | Question>) => {
  if ("blob" in data) {
    library = start(data);
    // It is told with the first answer.
    library.catch(() => undefined);
    return;
  }
  const answer = await answerTo(data);
  postMessage(answer, { transfer: "memory" in answer ? [answer.memory] : [] });
});
