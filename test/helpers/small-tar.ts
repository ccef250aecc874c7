import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

export interface SmallEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A well-formed tar of a few small files. */
export async function smallTar(entries: readonly SmallEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, content } of entries) archive.entry({ name }, Buffer.from(content));
  archive.finalize();
  return await collect(archive);
}

export async function gzipped(bytes: Uint8Array): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  gzip.end(bytes);
  return await collect(gzip);
}
