import type { ReadOptions } from "../../core/tensor-source.js";
import type { ByteSource, SliceOptions } from "../../io/byte-source.js";

/** One question to libhdf5 gets about this much: enough for the question to cost nothing. */
const SLAB_BYTES = 4 * 1024 * 1024;

/** A row of chunks is unpacked once when it fits. */
const MAX_SLAB_BYTES = 32 * 1024 * 1024;

/**
 * Bytes that are fetched in slabs, the last one kept: libhdf5 forgets what it unpacked after each question, so that asking for parts of a
 * chunk would unpack it again for each. A slab is a number of `stride`s, the bytes of one row of chunks.
 */
export function slabs(
  name: string,
  byteLength: number,
  stride: number,
  fetch: (start: number, end: number, options: ReadOptions) => Promise<Uint8Array>,
): ByteSource {
  const slabBytes = Math.min(MAX_SLAB_BYTES, stride * Math.max(1, Math.floor(SLAB_BYTES / stride)));
  let kept = { start: 0, bytes: new Uint8Array() as Uint8Array };

  async function slabAt(at: number, options: ReadOptions): Promise<Uint8Array> {
    const end = kept.start + kept.bytes.length;
    if (at < kept.start || at >= end) {
      const start = at - (at % slabBytes);
      kept = { start, bytes: await fetch(start, Math.min(start + slabBytes, byteLength), options) };
    }
    return kept.bytes.subarray(at - kept.start);
  }

  return {
    name,
    byteLength,
    async slice(start: number, end: number, { signal, into }: SliceOptions = {}) {
      const bytes = into === undefined ? new Uint8Array(end - start) : into.subarray(0, end - start);
      for (let done = 0; done < bytes.length; ) {
        const slab = await slabAt(start + done, { signal });
        const part = slab.subarray(0, bytes.length - done);
        bytes.set(part, done);
        done += part.length;
      }
      return bytes;
    },
  };
}
