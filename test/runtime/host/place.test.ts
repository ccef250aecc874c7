import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openHosted } from "../../../src/runtime/host/open-hosted.js";
import { spawnNode } from "../../../src/runtime/host/spawn-node.js";
import { tfjsModel } from "../../../src/runtime/host/tfjs-model.js";
import { randomParameters, smallBigGan } from "../../helpers/small-generators.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test.each([
  ["a crash", 'process.kill(process.pid, "SIGSEGV")', "tfjs-test: its process ended with signal SIGSEGV"],
  [
    "an exit",
    'console.error("no driver"); process.exitCode = 3; process.disconnect()',
    "tfjs-test: its process ended with code 3: no driver",
  ],
])("%s of the process is a BackendError that tells of it", async (_, code, message) => {
  const script = join(await temporaryFolder(), "script.mjs");
  await writeFile(script, code);
  const graph = smallBigGan();
  const opening = openHosted(graph, tfjsModel(graph, randomParameters(graph)), {
    backend: "tfjs-test",
    folders: {},
    start: async (base) => spawnNode({ script: pathToFileURL(script), args: [base] }),
  });
  await expect(opening).rejects.toMatchObject({ code: "backend", message });
});
