// Pictures over HTTP, from whatever holds a model: node server.mjs MODEL [--port 8080]
//   /picture.png?class=fish&seed=7&truncation=0.5
//   /pictures?class=fish&seed=7&count=8               each PNG is sent as soon as it is drawn
//   /pictures?from=fish@1&to=star@2&steps=8
import { once } from "node:events";
import { createServer } from "node:http";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { encodePng, isPortError, openModel } from "biggan-port";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "8080" }, backend: { type: "string" } },
});
const [file] = positionals;
if (file === undefined) throw new Error("node server.mjs MODEL [--port 8080] [--backend ort-cpu]");

/** One visitor cannot keep the others waiting for long: calls take turns. */
const MOST_PICTURES = 64;
const BOUNDARY = "next-picture";

const model = await openModel(file, { backend: values.backend });
// The first picture opens the back-end: nobody should wait for that.
await model.generate({});

const server = createServer((request, response) => {
  // A visitor who leaves stops the drawing.
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  answer(new URL(request.url ?? "/", "http://localhost"), request.method, response, gone.signal).catch((error) => {
    if (gone.signal.aborted) return;
    if (response.headersSent) return response.destroy(error);
    // What is wrong with a request is the visitor's to know, in words; anything else is ours.
    const [status, words] =
      isPortError(error) && error.code === "usage" ? [400, error.message] : [500, "the picture could not be drawn"];
    if (status === 500) console.error(error);
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);
  });
});
server.listen(Number(values.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    server.close();
    server.closeAllConnections();
    await model.dispose();
  });
}

async function answer({ pathname, searchParams }, method, response, signal) {
  if (method !== "GET") return response.writeHead(405, { allow: "GET" }).end();
  if (pathname === "/picture.png") {
    const [picture] = await model.generate(
      { ...pointOf(searchParams), truncation: numberOf(searchParams, "truncation") },
      { signal },
    );
    return response.writeHead(200, { "content-type": "image/png" }).end(encodePng(picture));
  }
  if (pathname === "/pictures") return await sendEach(searchParams, response, signal);
  response.writeHead(404, { "content-type": "text/plain" }).end("/picture.png or /pictures\n");
}

/** https://www.rfc-editor.org/rfc/rfc2046#section-5.1: parts of one answer, each a PNG. */
async function sendEach(parameters, response, signal) {
  const truncation = numberOf(parameters, "truncation");
  /** A visitor who reads slowly is drawn for slowly. */
  const onPicture = async (picture) => {
    if (!response.headersSent) {
      response.writeHead(200, { "content-type": `multipart/mixed; boundary=${BOUNDARY}` });
    }
    response.write(`--${BOUNDARY}\r\ncontent-type: image/png\r\n\r\n`);
    response.write(encodePng(picture));
    if (!response.write("\r\n")) await once(response, "drain", { signal });
  };
  const [from, to] = ["from", "to"].map((name) => parameters.get(name));
  if (from === null || to === null) {
    const count = atMost(numberOf(parameters, "count") ?? 8);
    await model.generate({ ...pointOf(parameters), truncation, count }, { signal, onPicture });
  } else {
    const steps = atMost(numberOf(parameters, "steps") ?? 8);
    await model.interpolate({ from: endOf(from), to: endOf(to), steps, truncation }, { signal, onPicture });
  }
  response.end(`--${BOUNDARY}--\r\n`);
  await finished(response);
}

/** A number too large is refused by the model in the same words as any other that is none. */
const atMost = (count) => (count > MOST_PICTURES ? Number.NaN : count);

function pointOf(parameters) {
  return { class: parameters.get("class") ?? 0, seed: numberOf(parameters, "seed") };
}

/** `fish@7`: a class and a seed. */
function endOf(text) {
  const at = text.lastIndexOf("@");
  return at < 0 ? { class: text } : { class: text.slice(0, at), seed: Number(text.slice(at + 1)) };
}

function numberOf(parameters, name) {
  const text = parameters.get(name);
  return text === null ? undefined : Number(text === "" ? Number.NaN : text);
}
