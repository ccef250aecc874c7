import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createExchange } from "../../../src/runtime/host/exchange.js";
import { encodeMessage } from "../../../src/runtime/host/page/message.js";
import { startHostServer } from "../../../src/runtime/host/server.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

async function serve() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "model"));
  await writeFile(join(folder, "model", "model.json"), "{}");
  await writeFile(join(folder, "secret"), "secret");
  const exchange = createExchange("tfjs-test");
  const folders = { "model/": join(folder, "model") };
  const server = await startHostServer({ backend: "tfjs-test", exchange, folders, maxAnswerBytes: 16 });
  return { server, exchange };
}

test("serves its folders, isolated, to who knows the token and to nobody else", async () => {
  const { server } = await serve();
  await using _ = server;
  const found = await fetch(`${server.base}/model/model.json`);
  expect(await found.text()).toBe("{}");
  expect(found.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(found.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  // Else Chromium never finishes loading a model of seven weight files.
  expect(found.headers.get("cache-control")).toBeNull();
  const { origin, hostname } = new URL(server.base);
  expect(hostname).toBe("127.0.0.1");
  const refused = [
    `${origin}/model/model.json`,
    `${origin}/${"0".repeat(32)}/model/model.json`,
    `${server.base}/model/..%2Fsecret`,
    `${server.base}/model/%2e%2e%2f%2e%2e%2fsecret`,
    `${server.base}/model/`,
    `${server.base}/secret`,
  ];
  for (const url of refused) expect((await fetch(url)).status, url).toBe(404);
});

test("a job goes out, its answer comes back, and the end is told", async () => {
  const { server, exchange } = await serve();
  await using _ = server;
  const result = exchange.submit({ nodes: ["image"], feeds: [] });
  expect((await fetch(`${server.base}/next`)).status).toBe(200);
  const values = [{ name: "image", shape: [1], data: Float32Array.of(0.5) }];
  await fetch(`${server.base}/done`, { method: "POST", body: encodeMessage({}, values) });
  expect(await result).toEqual(values);
  exchange.end(new Error("over"));
  expect((await fetch(`${server.base}/next`)).status).toBe(410);
  await expect(exchange.submit({ nodes: [], feeds: [] })).rejects.toThrow("over");
  await expect(server.ready).rejects.toThrow("over");
});

test("a failure over there reaches whoever waits here", async () => {
  const { server, exchange } = await serve();
  await using _ = server;
  const result = exchange.submit({ nodes: ["image"], feeds: [] });
  result.catch(() => undefined);
  await fetch(`${server.base}/failed`, { method: "POST", body: encodeMessage({ message: "the GPU was lost" }) });
  await expect(result).rejects.toThrow("tfjs-test: the GPU was lost");
});

test.each([
  ["too large", encodeMessage({}, [{ name: "image", shape: [30_000], data: new Float32Array(30_000) }])],
  ["no message", new Uint8Array(3)],
])("an answer that is %s ends the exchange", async (_, body) => {
  const { server, exchange } = await serve();
  await using _server = server;
  const result = exchange.submit({ nodes: ["image"], feeds: [] });
  result.catch(() => undefined);
  await fetch(`${server.base}/done`, { method: "POST", body }).catch(() => undefined);
  await expect(result).rejects.toThrow(/^tfjs-test: the exchange with its process failed: /);
});
