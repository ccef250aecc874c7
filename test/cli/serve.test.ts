import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { golden } from "../helpers/golden.js";
import { biggan, bigganHere } from "../helpers/program.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biggan-port-test-"));
  const { code } = await bigganHere(["convert", golden("modules/biggan-if.tar.gz"), "-o", join(folder, "export")]);
  expect(code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(["SIGINT", "SIGTERM"] as const)("serves until %s, which ends it at once", async (signal) => {
  let page: Promise<string> | undefined;
  let ended = 0;
  const { code, stdout, stderr } = await biggan(["serve", join(folder, "export"), "--port", "0"], {
    onOutput: (text, kill) => {
      const address = /http:\S+/.exec(text)?.[0];
      if (address === undefined) return;
      page = fetch(address).then(async (response) => {
        const body = await response.text();
        ended = performance.now();
        kill(signal);
        return body;
      });
    },
  });
  expect(performance.now() - ended).toBeLessThan(2000);
  expect(await page).toMatch(/<!doctype html>/i);
  expect(stdout).toMatch(/^biggan-if: 16 x 16, 3 classes\nhttp:\/\/127\.0\.0\.1:\d+\/\n$/);
  expect(stderr).toBe("Ctrl-C ends the server.\ninterrupted\n");
  expect(code).toBe(130);
});

it("prints one JSON document with the address", async () => {
  const { stdout, code } = await biggan(["serve", join(folder, "export"), "--port", "0", "--json"], {
    onOutput: (text, kill) => {
      if (text.includes("address")) setTimeout(() => kill("SIGINT"), 100);
    },
  });
  const said = z.object({ address: z.string(), port: z.number(), page: z.string(), model: z.object({}) });
  expect(said.parse(JSON.parse(stdout))).toMatchObject({ page: "export" });
  expect(code).toBe(130);
});

it.each([
  [["."], 3, /^\.: manifest\.json: expected an exported folder, found none\nMake one first: biggan-port convert MODEL/],
  [["fixtures/biggan-mini.tar.gz"], 3, /expected an exported folder, found none/],
  [["nowhere"], 3, /expected an exported folder/],
  [["nowhere", "--port", "70000"], 2, /--port: expected a whole number from 0 to 65535, found 70000/],
  [[], 2, /Not enough non-option arguments/],
])("refuses %j in words", async (args, code, words) => {
  const refused = await bigganHere(["serve", ...args]);
  expect(refused.stderr).toMatch(words);
  expect(refused.code).toBe(code);
});
