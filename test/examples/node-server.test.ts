import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openModel } from "../../src/generator/open-generator.js";

const path = (inProject: string) => fileURLToPath(new URL(`../../${inProject}`, import.meta.url));
const MINI = path("fixtures/biggan-mini.tar.gz");

const server = spawn(process.execPath, [path("examples/node-server/server.mjs"), MINI, "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
let base = "";
beforeAll(async () => {
  const [said] = await once(server.stdout, "data");
  base = String(said).trim();
});
afterAll(() => {
  server.kill("SIGKILL");
});

/** The parts of a multipart answer: https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
function partsOf(body: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  const head = "--next-picture\r\ncontent-type: image/png\r\n\r\n";
  for (let at = body.indexOf(head); at >= 0; at = body.indexOf(head, at)) {
    at += head.length;
    parts.push(body.subarray(at, body.indexOf("\r\n--next-picture", at)));
  }
  return parts;
}

it("sends the pictures that the model draws", async () => {
  await using model = await openModel(MINI);
  const wanted = await model.generate({ class: "fish", seed: 7, truncation: 0.4, count: 3 });
  const one = await fetch(`${base}/picture.png?class=fish&seed=7&truncation=0.4`);
  expect(one.headers.get("content-type")).toBe("image/png");
  expect([...PNG.sync.read(Buffer.from(await one.arrayBuffer())).data]).toEqual([...(wanted[0]?.data ?? [])]);

  const several = await fetch(`${base}/pictures?class=fish&seed=7&truncation=0.4&count=3`);
  const parts = partsOf(Buffer.from(await several.arrayBuffer()));
  expect(parts.map((part) => [...PNG.sync.read(part).data])).toEqual(wanted.map(({ data }) => [...data]));

  const strip = await fetch(`${base}/pictures?from=fish@1&to=circle@2&steps=4`);
  expect(partsOf(Buffer.from(await strip.arrayBuffer()))).toHaveLength(4);
});

it.each([
  ["/picture.png?class=dog", 400, /no class has this name/],
  ["/picture.png?seed=-1", 400, /seed/],
  ["/picture.png?truncation=", 400, /truncation: expected a number from 0 to 1/],
  ["/pictures?count=65", 400, /count: expected a whole number/],
  ["/pictures?from=fish@x&to=circle", 400, /seed/],
  ["/etc/passwd", 404, /picture/],
])("answers %s with %i and words", async (address, status, words) => {
  const response = await fetch(base + address);
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(words);
});

it("gives up for a visitor who left, and closes when it is told to", async () => {
  const leave = new AbortController();
  const response = await fetch(`${base}/pictures?count=64`, { signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
  expect((await fetch(`${base}/picture.png`)).status).toBe(200);
  server.kill("SIGTERM");
  const [code] = await once(server, "exit");
  expect(code).toBe(0);
});
