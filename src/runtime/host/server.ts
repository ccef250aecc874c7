import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { BackendError } from "../../core/errors.js";
import { type About, parseAbout, parseFailure } from "./about.js";
import type { Exchange } from "./exchange.js";
import { decodeMessage, encodeMessage } from "./page/message.js";
import { serveFile } from "./serve-files.js";

/** A server on loopback for one model and one place that runs it. */
export interface HostServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/<token>`: without the token, which nobody else knows, the answer is 404. */
  readonly base: string;
  /** What the place said of itself once the model was loaded. Rejects when it failed, or when the exchange ended first. */
  readonly ready: Promise<About>;
}

export interface HostServerOptions {
  readonly backend: string;
  readonly exchange: Exchange;
  /** URL prefix to folder. */
  readonly folders: Readonly<Record<string, string>>;
  /** The largest answer that can be right, in bytes. */
  readonly maxAnswerBytes: number;
}

/** A question for work is answered at the latest after this; fetch in Node gives up after five minutes. */
const PATIENCE_MS = 30_000;

/** Messages that carry no tensors. */
const MAX_FACTS_BYTES = 64 * 1024;

/**
 * Wasm threads need a page that is isolated from others: https://web.dev/articles/coop-coep
 * No `cache-control: no-store` on files: tfjs asks for all weight files before it reads one, and Chromium, which has six connections
 * for a server, keeps each until its body has been read, unless its cache may take it. With seven files it then waits for ever.
 */
const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  // A back-end that computes for minutes without a pause would come back to a connection that has timed out, and not notice.
  connection: "close",
} as const;

/** Starts it. Port and token are new each time. */
export async function startHostServer(options: HostServerOptions): Promise<HostServer> {
  const { backend, exchange, folders, maxAnswerBytes } = options;
  const token = randomBytes(16).toString("hex");
  let settle: { resolve: (about: About) => void; reject: (reason: Error) => void } | undefined;
  const ready = new Promise<About>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever waits hears of it; nobody has to.
  ready.catch(() => undefined);
  exchange.ended.then((reason) => settle?.reject(reason));

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "POST") {
      const { facts, tensors } = decodeMessage(await bodyOf(request, maxAnswerBytes + MAX_FACTS_BYTES));
      if (path === "ready") settle?.resolve(parseAbout(facts));
      else if (path === "done") exchange.complete(tensors);
      else exchange.end(new BackendError(`${backend}: ${parseFailure(facts)}`));
      response.writeHead(204).end();
    } else if (path === "next") {
      response.setHeader("cache-control", "no-store");
      const job = await exchange.next(PATIENCE_MS);
      if (job === undefined) response.writeHead(204).end();
      else if (job === "ended") response.writeHead(410).end();
      else response.end(encodeMessage({ nodes: job.nodes }, job.feeds));
    } else {
      await serveFile(path, folders, response);
    }
  }

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (!path.startsWith(`/${token}/`)) {
      response.writeHead(404).end();
      return;
    }
    answer(path.slice(token.length + 2), request, response).catch((cause: unknown) => {
      response.destroy();
      const why = cause instanceof Error ? cause.message : String(cause);
      exchange.end(new BackendError(`${backend}: the exchange with its process failed: ${why}`, { cause }));
    });
  });
  const port = await listen(server);
  return {
    base: `http://127.0.0.1:${port}/${token}`,
    ready,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("loopback server: no port"));
      else resolve(address.port);
    });
  });
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<ArrayBuffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) throw new Error("expected bytes");
    size += piece.length;
    if (size > limit) throw new Error(`expected at most ${limit} bytes, found more`);
    pieces.push(piece);
  }
  const body = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    body.set(piece, offset);
    offset += piece.length;
  }
  return body.buffer;
}
