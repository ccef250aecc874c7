import { TASK_CATEGORIES } from "./long-tasks.mjs";

/** Writes down what Chromium does from now on; `stop` gives the events. */
export async function startTrace(context, page) {
  const session = await context.newCDPSession(page);
  const traceConfig = { includedCategories: TASK_CATEGORIES };
  await session.send("Tracing.start", { transferMode: "ReturnAsStream", traceConfig });
  return {
    async stop() {
      const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
      await session.send("Tracing.end");
      const { stream } = await complete;
      return JSON.parse(await readStream(session, stream)).traceEvents;
    },
  };
}

async function readStream(session, handle) {
  const parts = [];
  for (;;) {
    const { data, eof, base64Encoded } = await session.send("IO.read", { handle });
    parts.push(Buffer.from(data, base64Encoded ? "base64" : "utf8"));
    if (eof) return Buffer.concat(parts).toString("utf8");
  }
}
