import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const compiled = (path: string) => JSON.stringify(new URL(`../../dist/src/${path}`, import.meta.url).href);

/** MiB that the young generation has in the end, in a process of its own: flags are the whole process's. */
async function youngGeneration(flags: string): Promise<number> {
  const file = join(await temporaryFolder(), "grow.mjs");
  writeFileSync(
    file,
    `import { getHeapSpaceStatistics } from "node:v8";
     import { flagsToRepeat, tuneFor } from ${compiled("cli/v8-flags.js")};
     import { openWeightThread } from ${compiled("io/weight-thread/weight-thread.js")};
     tuneFor("convert");
     const thread = openWeightThread(${flags});
     await thread.copy(import.meta.filename, import.meta.filename + ".copy");
     const kept = [];
     for (let count = 0; count < 2_000_000; count++) kept.push({ count });
     await thread[Symbol.asyncDispose]();
     console.log(getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size / 2 ** 20);`,
  );
  return Number(execFileSync(process.execPath, [file], { encoding: "utf8" }));
}

it("the young generation of a conversion stays small beside its thread", async () => {
  expect(await youngGeneration("flagsToRepeat()")).toBeLessThanOrEqual(8);
});

it("it would not, were the flags not set again", async () => {
  expect(await youngGeneration("[]")).toBe(32);
});

it("what is not needed any more is given back, and compiled code stays as it was", async () => {
  const file = join(await temporaryFolder(), "collect.mjs");
  writeFileSync(
    file,
    `import { Script } from "node:vm";
     import { collectGarbage } from ${compiled("cli/v8-flags.js")};
     const cachedData = new Script("1 + 1").createCachedData();
     const gone = new WeakRef(new Array(100_000).fill({}));
     await new Promise((resolve) => setImmediate(resolve));
     collectGarbage();
     console.log(gone.deref() === undefined, new Script("1 + 1", { cachedData }).cachedDataRejected, typeof gc);`,
  );
  expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe("true false undefined\n");
});
