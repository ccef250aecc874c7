import { BackendError, InterruptedError, isPortError, throwIfAborted } from "../../core/errors.js";
import { createWorkspace } from "../../io/workspace.js";
import type { About } from "./about.js";
import { createExchange, type Exchange } from "./exchange.js";
import type { HostedModel } from "./hosted-model.js";
import { startHostServer } from "./server.js";

/** A browser or a process that has been told where the server is. Disposing of it kills it. */
export interface Place extends AsyncDisposable {
  /** Why it is gone, if it goes by itself; never rejects. */
  readonly gone: Promise<Error>;
}

export interface ConnectOptions {
  readonly backend: string;
  /** Served as `model/`. */
  readonly model: HostedModel;
  /** What else the place loads: URL prefix (`tfjs-core/`) to folder. */
  readonly folders: Readonly<Record<string, string>>;
  /** The largest answer that can be right, in bytes. */
  readonly maxAnswerBytes: number;
  /** Starts the place, which shall run `host()` of page/host.js against `base`; `folder` is where the model's files are. */
  readonly start: (base: string, folder: string) => Promise<Place>;
  readonly signal?: AbortSignal | undefined;
}

/** A place with the model loaded. Everything (place, server) closes by itself when the exchange ends. */
export interface Connection {
  readonly about: About;
  readonly exchange: Exchange;
  /** Settles when everything is closed. */
  readonly closed: Promise<void>;
}

/** Starting, loading hundreds of MB of weights and compiling takes seconds; a place that is silent for so long is stuck. */
const START_TIMEOUT_MS = 180_000;

/** @throws BackendError when the place does not start; InterruptedError. Nothing is left running then. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { backend, model, folders, maxAnswerBytes, start, signal } = options;
  const exchange = createExchange(backend);
  const resources: AsyncDisposable[] = [];
  const closeAll = async (): Promise<void> => {
    for (const resource of resources.splice(0).reverse()) await resource[Symbol.asyncDispose]();
  };
  const closed = exchange.ended.then(closeAll);
  const interrupt = (): void => exchange.end(new InterruptedError());
  const giveUp = (): void =>
    exchange.end(new BackendError(`${backend}: did not start within ${START_TIMEOUT_MS / 1000} s`));

  signal?.addEventListener("abort", interrupt);
  const timer = setTimeout(giveUp, START_TIMEOUT_MS);
  try {
    throwIfAborted(signal);
    const workspace = await createWorkspace();
    resources.push(workspace);
    await model.write(workspace.path, { signal });
    timer.refresh();
    const served = { ...folders, "model/": workspace.path };
    const server = await startHostServer({ backend, exchange, folders: served, maxAnswerBytes });
    resources.push(server);
    throwIfAborted(signal);
    const place = await start(server.base, workspace.path);
    resources.push(place);
    place.gone.then((cause) => exchange.end(new BackendError(`${backend}: ${cause.message}`, { cause })));
    const about = await server.ready;
    // Unless it comes back for more, the place holds the weights now.
    if (!model.keptOpen) await workspace[Symbol.asyncDispose]();
    return { about, exchange, closed };
  } catch (error) {
    const reason = asFailure(backend, error, signal);
    exchange.end(reason);
    await closed;
    // What was still being opened when the exchange ended.
    await closeAll();
    throw reason;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
  }
}

function asFailure(backend: string, error: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.aborted) return new InterruptedError();
  if (isPortError(error)) return error;
  return new BackendError(`${backend}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
