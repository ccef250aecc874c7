import { MappingError, throwIfAborted } from "../core/errors.js";
import { type TensorSource, tensorPieces } from "../core/tensor-source.js";
import { isSourceKind, openSource } from "../formats/open-source.js";
import { locateModel } from "../formats/recognise.js";
import type { Session } from "./session.js";

/** Reads everything once; the first damaged tensor ends it with its name, place and both checksums. */
export async function verifyTensors(source: TensorSource, session: Session): Promise<void> {
  const progress = session.progress("verifying");
  const total = [...source.tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  let done = 0;
  try {
    for (const { name } of source.tensors.values()) {
      for await (const piece of tensorPieces(source, name, { signal: session.signal })) {
        throwIfAborted(session.signal);
        done += piece.byteLength;
        progress.update(done, total);
      }
    }
  } finally {
    progress.stop();
  }
}

/** A file that is no model may be so because it is damaged: where it is, that is thrown instead of `error`. */
export async function verifyStranger(file: string, error: unknown, session: Session): Promise<never> {
  if (error instanceof MappingError) {
    const { kind, file: weights } = await locateModel(file);
    if (isSourceKind(kind)) {
      await using source = await openSource(weights, kind, { signal: session.signal });
      await verifyTensors(source, session);
    }
  }
  throw error;
}
