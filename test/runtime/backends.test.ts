import { afterEach, expect, test, vi } from "vitest";
import { allBackends, BACKENDS, parseBackend } from "../../src/runtime/backends.js";

afterEach(() => vi.unstubAllEnvs());

test("every name is known, and no other", () => {
  for (const name of BACKENDS) expect(parseBackend(name)).toBe(name);
  expect(() => parseBackend("constructor")).toThrow(/^--backend: expected one of reference, .*, found constructor$/);
});

test("`all` leaves out what is not there, each with its reason and the command that adds it", async () => {
  vi.stubEnv("CHROMIUM_PATH", "/nowhere/chromium");
  vi.stubEnv("BIGGAN_PORT_TFJS_NODE", "/nowhere/tfjs-node");
  const { backends, notRun } = await allBackends();
  expect([...backends, ...notRun.map(({ backend }) => backend)].sort()).toEqual([...BACKENDS].sort());
  expect(backends).toEqual(expect.arrayContaining(["reference", "tfjs-cpu", "tfjs-wasm"]));
  expect(notRun).toContainEqual({
    backend: "tfjs-webgl",
    reason: "expected a Chromium, found none (CHROMIUM_PATH=/nowhere/chromium)",
    command: expect.stringContaining("apt-get install chromium"),
  });
  expect(notRun).toContainEqual({
    backend: "tfjs-node",
    reason: "expected a package at BIGGAN_PORT_TFJS_NODE=/nowhere/tfjs-node, found none",
    command: expect.stringContaining("npm install @tensorflow/tfjs-node@"),
  });
});
