import { expect, it } from "vitest";
import { z } from "zod";
import { BACKENDS } from "../../src/runtime/backends.js";
import { biggan } from "../helpers/program.js";

const adapter = z.object({ name: z.string().min(1), vendor: z.string(), software: z.boolean() });
const schema = z.object({
  version: z.string(),
  node: z.string(),
  cores: z.number().min(1),
  memoryBytes: z.number().min(1),
  browser: z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), path: z.string(), version: z.string(), userAgent: z.string(), webgl: adapter }),
    z.object({ ok: z.literal(false), reason: z.string(), command: z.string() }),
  ]),
  adapters: z.array(adapter.extend({ backend: z.string() })),
  backends: z.array(
    z.discriminatedUnion("ok", [
      z.object({ backend: z.string(), where: z.string(), ok: z.literal(true), detail: z.string() }),
      z.object({
        backend: z.string(),
        where: z.string(),
        ok: z.literal(false),
        reason: z.string(),
        command: z.string().optional(),
      }),
    ]),
  ),
});

it("names the machine, a browser that started, the adapters, and every back-end", async () => {
  const { code, stdout } = await biggan(["doctor", "--json"]);
  expect(code).toBe(0);
  const { node, browser, adapters, backends } = schema.parse(JSON.parse(stdout));
  expect(node).toBe(process.versions.node);
  expect(browser).toMatchObject({ ok: true, userAgent: expect.stringMatching(/Chrome\/\d+/) });
  expect(backends.map(({ backend }) => backend)).toEqual(BACKENDS);
  expect(adapters.map(({ backend }) => backend)).toContain("tfjs-webgl");
});

it("without a browser: what is left, and what to install for more", async () => {
  const { code, stdout } = await biggan(["doctor"], { env: { CHROMIUM_PATH: "/nowhere/chromium" } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {2}tfjs-wasm +this process/m);
  expect(stdout).toMatch(/^- {3}tfjs-webgl +Chromium +expected a Chromium, found none/m);
  expect(stdout).toMatch(/^For more:$/m);
  expect(stdout).toContain("apt-get install chromium");
});
