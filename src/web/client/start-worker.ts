/**
 * The worker with everything that computes. Where this library comes from another site than the page, whose workers a browser does not start,
 * a worker of the page's own imports it.
 */
export function startWorker(): Worker {
  try {
    return new Worker(new URL("../worker/worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "SecurityError") throw error;
    const address = new URL("../worker/worker.js", import.meta.url).href;
    const script = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" }));
    return new Worker(script, { type: "module" });
  }
}
