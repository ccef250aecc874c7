import { describe, expect, test, vi } from "vitest";
import { connect } from "../../../src/web/client/connection.js";
import type { FromWorker, ToWorker } from "../../../src/web/worker/messages.js";

/** A worker that notes what it is told, and says what the test wants. */
class QuietWorker extends EventTarget implements Worker {
  readonly told: ToWorker[] = [];
  ended = false;
  onerror = null;
  onmessage = null;
  onmessageerror = null;

  postMessage(message: ToWorker): void {
    this.told.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

const memory = (id: number): ToWorker => ({ kind: "memory", id });
const answer = { tensors: 1, bytes: 2 };

describe("questions to a worker", () => {
  test("get their own answers, in any order; news go elsewhere", async () => {
    const worker = new QuietWorker();
    const onNews = vi.fn();
    const { ask } = connect(worker, onNews);
    const [first, second] = [ask(memory), ask(memory)];
    const [a, b] = worker.told.map((message) => message.id);
    if (a === undefined || b === undefined || a === b) throw new Error("two numbers");
    worker.say({ kind: "notice", words: "news" });
    worker.say({ kind: "failed", id: b, error: { code: "format", message: "bad file", hint: "write it again" } });
    worker.say({ kind: "done", id: a, outcome: answer });
    worker.say({ kind: "done", id: a, outcome: undefined });
    expect(await first).toEqual(answer);
    await expect(second).rejects.toMatchObject({
      name: "WebError",
      code: "format",
      message: "bad file",
      hint: "write it again",
    });
    expect(onNews.mock.calls).toEqual([[{ kind: "notice", words: "news" }]]);
  });

  test("that are aborted reject at once with the signal's reason, and the worker hears of it", async () => {
    const worker = new QuietWorker();
    const { ask } = connect(worker, () => undefined);
    const controller = new AbortController();
    const asked = ask(memory, { signal: controller.signal });
    const [id] = worker.told.map((message) => message.id);
    if (id === undefined) throw new Error("one number");
    controller.abort("not any more");
    await expect(asked).rejects.toBe("not any more");
    expect(worker.told.at(-1)).toEqual({ kind: "abort", id });
    worker.say({ kind: "done", id, outcome: answer });
    await expect(ask(memory, { signal: controller.signal })).rejects.toBe("not any more");
    expect(worker.told).toHaveLength(2);
  });

  test("end with the worker", async () => {
    const worker = new QuietWorker();
    const { ask } = connect(worker, () => undefined);
    const asked = ask(memory);
    worker.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
    await expect(asked).rejects.toMatchObject({
      name: "WebError",
      code: "internal",
      message: "The worker ended: out of memory",
    });
    await expect(ask(memory)).rejects.toThrow("The worker ended: out of memory");
    expect(worker.ended).toBe(true);
  });
});
