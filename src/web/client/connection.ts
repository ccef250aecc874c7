import { errorFrom, WebError } from "../web-error.js";
import type { FromWorker, Outcome, ToWorker } from "../worker/messages.js";

export type Picture = Extract<FromWorker, { kind: "picture" }>;
export type News = Exclude<FromWorker, { id: number }>;

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onPicture?: ((picture: Picture) => void) | undefined;
}

/** Questions to a worker, and its answers. */
export interface Connection {
  /** Rejects at once when aborted; the worker hears of it. `question` makes the message for a number. */
  ask(question: (id: number) => ToWorker, options?: AskOptions): Promise<Outcome>;
  /** Ends the worker. What is still asked is refused with this error. */
  end(error: WebError): void;
}

interface Waiting {
  readonly settle: (message: Extract<FromWorker, { kind: "done" | "failed" }>) => void;
  readonly refuse: (error: Error) => void;
  readonly onPicture: AskOptions["onPicture"];
}

export function connect(worker: Worker, onNews: (news: News) => void): Connection {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: WebError | undefined;

  function end(error: WebError): void {
    ended ??= error;
    worker.terminate();
    for (const { refuse } of waiting.values()) refuse(ended);
    waiting.clear();
  }

  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (!("id" in data)) onNews(data);
    else if (data.kind === "picture") waiting.get(data.id)?.onPicture?.(data);
    else waiting.get(data.id)?.settle(data);
  });
  worker.addEventListener("error", (event) => {
    const why = event.message || "its script could not be loaded";
    end(
      new WebError("internal", `The worker ended: ${why}`, {
        hint: "Load the page again; if that does not help, upload the page's folder again.",
      }),
    );
  });

  return {
    end,
    ask(question, { signal, onPicture } = {}) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (ended !== undefined) throw ended;
        const id = asked++;
        const close = () => {
          waiting.delete(id);
          signal?.removeEventListener("abort", abort);
        };
        const abort = () => {
          close();
          worker.postMessage({ kind: "abort", id } satisfies ToWorker);
          reject(signal?.reason);
        };
        const refuse = (error: Error) => {
          close();
          reject(error);
        };
        waiting.set(id, {
          onPicture,
          refuse,
          settle(message) {
            if (message.kind === "failed") return refuse(errorFrom(message.error));
            close();
            resolve(message.outcome);
          },
        });
        signal?.addEventListener("abort", abort);
        worker.postMessage(question(id));
      });
    },
  };
}
