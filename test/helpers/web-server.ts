import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};

/** What goes wrong with a file. `times` is how often; always, when not given. */
export type Fault = (
  | { readonly kind: "corrupt" }
  | { readonly kind: "status"; readonly status: number }
  /** The connection is cut after so many bytes. */
  | { readonly kind: "cut"; readonly after: number }
  /** The last bytes are missing, and nothing says so. */
  | { readonly kind: "short"; readonly by: number }
  /** A few bytes a time, with a wait in between. */
  | { readonly kind: "slow"; readonly bytes: number; readonly wait: number }
  /** Other content, such as a script with a wrong kernel. */
  | { readonly kind: "edit"; readonly edit: (text: string) => string }
) & { readonly times?: number };

/** A static server on loopback with faults. */
export interface WebServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Paths that were asked for, in order, as `model/manifest.json`. */
  readonly requests: string[];
  /** Files whose path ends so have a fault. */
  fail(suffix: string, fault: Fault): void;
  /** From now on nothing goes wrong. */
  heal(): void;
  /** Serves a folder below another prefix from now on. */
  serve(prefix: string, folder: string): void;
  /** Ends all connections and refuses new ones, as a network that is gone. */
  unplug(): Promise<void>;
}

export interface WebServerOptions {
  /** Pages that may use shared memory, and so threads. */
  readonly isolated?: boolean;
  /** For pages of other sites. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves folders, each below a prefix (`model/`); `""` is the root. */
export async function startWebServer(
  folders: Readonly<Record<string, string>>,
  { isolated = false, headers = {} }: WebServerOptions = {},
): Promise<WebServer> {
  const served = new Map(Object.entries(folders));
  const requests: string[] = [];
  let faults: { readonly suffix: string; readonly fault: Fault; left: number }[] = [];

  async function answer(path: string, response: ServerResponse): Promise<void> {
    const prefix = [...served.keys()].sort((a, b) => b.length - a.length).find((each) => path.startsWith(each));
    const folder = served.get(prefix ?? "");
    const rest = path.slice(prefix?.length ?? 0);
    const file = join(folder ?? "", normalize(`/${rest === "" || rest.endsWith("/") ? `${rest}index.html` : rest}`));
    const status = await stat(file).catch(() => undefined);
    if (folder === undefined || !status?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    const planted = faults.find(({ suffix, left }) => path.endsWith(suffix) && left > 0);
    if (planted === undefined) {
      response.setHeader("content-length", status.size);
      createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
      return;
    }
    planted.left--;
    await sendFaulty(planted.fault, await readFile(file), response);
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).slice(1);
    requests.push(path);
    if (isolated) {
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "require-corp");
      response.setHeader("cross-origin-resource-policy", "same-origin");
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(path, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("web server: no port");

  async function unplug(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    fail: (suffix, fault) => void faults.push({ suffix, fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    heal() {
      faults = [];
    },
    serve: (prefix, folder) => void served.set(prefix, folder),
    unplug,
    [Symbol.asyncDispose]: unplug,
  };
}

async function sendFaulty(fault: Fault, bytes: Buffer, response: ServerResponse): Promise<void> {
  switch (fault.kind) {
    case "status":
      response.writeHead(fault.status).end();
      return;
    case "corrupt": {
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
      response.end(bytes);
      return;
    }
    case "short":
      response.end(bytes.subarray(0, bytes.length - fault.by));
      return;
    case "edit":
      response.end(fault.edit(bytes.toString()));
      return;
    case "cut":
      response.setHeader("content-length", bytes.length);
      response.write(bytes.subarray(0, fault.after));
      await setTimeout(20);
      response.destroy();
      return;
    case "slow":
      response.setHeader("content-length", bytes.length);
      for (let at = 0; at < bytes.length && !response.destroyed; at += fault.bytes) {
        response.write(bytes.subarray(at, at + fault.bytes));
        await setTimeout(fault.wait);
      }
      response.end();
  }
}
