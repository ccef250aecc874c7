import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ExportError, InterruptedError } from "../../src/core/errors.js";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import { describeModel } from "../../src/export/describe-model.js";
import { exportSafetensors } from "../../src/export/safetensors.js";
import { encodeDescription } from "../../src/formats/description/description.js";
import { parseDescription } from "../../src/formats/description/description-schema.js";
import { openSafetensors } from "../../src/formats/safetensors/open-safetensors.js";
import { openModel } from "../../src/mapping/open-model.js";
import { fixture } from "../helpers/fixtures.js";
import { golden } from "../helpers/golden.js";
import { randomParameters, smallBigGan } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** What the Python package read from exports of the fixtures (scripts/fixtures/safetensors_files.py export). */
const readSchema = z.object({
  metadata: z.array(z.string()),
  tensors: z.record(z.string(), z.object({ dtype: z.string(), shape: z.array(z.number()), sha256: z.string() })),
});

describe("exportSafetensors", () => {
  test.each(["biggan-mini", "biggan-deep-mini"])("of %s is what the Python package read", async (name) => {
    const theirs = readSchema.parse(JSON.parse(await readFile(golden(`safetensors/${name}.json`), "utf8")));
    await using model = await openModel(fixture(`${name}.tar.gz`));
    const folder = await temporaryFolder();
    const description = describeModel(model);
    const [written] = await exportSafetensors(model.graph, model.parameters(), folder, {
      metadata: encodeDescription(description),
    });
    const bytes = await readFile(join(folder, "weights.safetensors"));
    expect(written).toEqual({
      path: "weights.safetensors",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    await using file = await openSafetensors(join(folder, "weights.safetensors"));
    expect([...file.metadata.keys()].sort()).toEqual(theirs.metadata);
    expect(parseDescription("x", file.metadata)).toEqual(description);
    expect([...file.tensors.keys()]).toEqual(Object.keys(theirs.tensors));
    for (const { name: tensor, dtype, shape } of file.tensors.values()) {
      const sha256 = createHash("sha256")
        .update(await file.read(tensor))
        .digest("hex");
      expect({ dtype, shape, sha256 }, tensor).toEqual(theirs.tensors[tensor]);
    }
  });

  test("reads one parameter at a time, in the file's order, and gives up when aborted", async () => {
    const graph = smallBigGan();
    const good = randomParameters(graph);
    const folder = await temporaryFolder();
    const asked: string[] = [];
    const parameters: ParameterSource = {
      read: (name, options) => {
        asked.push(name);
        return good.read(name, options);
      },
    };
    const told: number[] = [];
    await exportSafetensors(graph, parameters, folder, { onProgress: (done, total) => told.push(done / total) });
    expect(asked).toEqual([...graph.parameters.keys()].sort());
    expect(told.at(-1)).toBe(1);

    const controller = new AbortController();
    const aborted = exportSafetensors(graph, parameters, folder, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(aborted).rejects.toThrow(InterruptedError);
    const inTheWay = exportSafetensors(graph, parameters, join(folder, "weights.safetensors", "below"));
    await expect(inTheWay).rejects.toThrow(ExportError);
  });
});
