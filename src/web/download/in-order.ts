/** Browsers open six connections to a server that speaks HTTP/1.1. */
const ON_THEIR_WAY = 6;

/** Loads items side by side and gives them one after the other. The next begins when one is taken: what is not yet taken is bounded. */
export function inOrder<T>(
  items: readonly T[],
  load: (item: T) => Promise<Uint8Array<ArrayBuffer>>,
): ReadableStream<ArrayBuffer> {
  const rest = items.values();
  const started: Promise<Uint8Array<ArrayBuffer>>[] = [];
  function fill(): void {
    while (started.length < ON_THEIR_WAY) {
      const { value, done } = rest.next();
      if (done) return;
      const loading = load(value);
      // Whoever takes it hears of a failure; it may come earlier.
      loading.catch(() => undefined);
      started.push(loading);
    }
  }
  fill();
  return new ReadableStream<ArrayBuffer>(
    {
      async pull(controller) {
        const first = started.shift();
        if (first === undefined) return controller.close();
        const { buffer } = await first;
        fill();
        controller.enqueue(buffer);
      },
    },
    { highWaterMark: 0 },
  );
}
