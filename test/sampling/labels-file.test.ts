import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IMAGENET_LABELS } from "../../src/sampling/imagenet-labels.js";
import { findLabels } from "../../src/sampling/labels-file.js";

const scratch = mkdtempSync(join(tmpdir(), "labels-"));
const at = (name: string) => join(scratch, name);

beforeAll(() => {
  mkdirSync(at("folder"));
  writeFileSync(at("folder/labels.json"), '["inside", "b"]');
  writeFileSync(at("folder.labels.json"), '["beside", "b"]');
  mkdirSync(at("export"));
  writeFileSync(at("export/manifest.json"), "{}");
  writeFileSync(at("export/labels.json"), '["exported", "b"]');
  mkdirSync(at("other"));
  writeFileSync(at("other.labels.json"), '["beside", "b"]');
  for (const [name, text] of Object.entries(BAD)) writeFileSync(at(`${name}.labels.json`), text);
});
afterAll(() => rmSync(scratch, { recursive: true }));

const BAD: Readonly<Record<string, string>> = {
  text: "hello",
  object: '{"0": "a"}',
  short: '["a"]',
  number: '["a", 7]',
  control: '["a", "\\u001b[2J"]',
};

const MESSAGES: Readonly<Record<string, string>> = {
  text: "labels: expected a JSON array of 2 names, found no JSON",
  object: "labels: expected a JSON array of 2 names, found object",
  short: "labels: expected a JSON array of 2 names, found 1 of them",
  number: "labels[1]: expected a name of printable characters, found 7",
  control: 'labels[1]: expected a name of printable characters, found "\\u001b[2J"',
};

test.each(["weights.safetensors", "tfjs", "onnx", "onnx/model.onnx", "tfjs/model.json"])(
  "%s of an export has the export's labels",
  async (part) => {
    expect(await findLabels(at(`export/${part}`), 2)).toEqual(["exported", "b"]);
  },
);

test("a folder that is no export lends its labels to nothing in it", async () => {
  expect(await findLabels(at("folder/model.safetensors"), 2)).toBeUndefined();
  expect(await findLabels(at("export/inner/model.safetensors"), 2)).toBeUndefined();
});

test.each(["biggan-mini.tar.gz", "biggan-deep-mini.tar.gz"])(
  "the fixture %s has its labels beside it",
  async (name) => {
    const model = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
    expect(await findLabels(model, 10)).toEqual([
      ...["circle", "square", "triangle", "star", "ring"],
      ...["cross", "heart", "crescent", "house", "fish"],
    ]);
  },
);

test("where labels are looked for", async () => {
  expect(await findLabels(at("folder"), 2)).toEqual(["inside", "b"]);
  expect(await findLabels(`${at("other")}/`, 2)).toEqual(["beside", "b"]);
  expect(await findLabels(at("other.tgz"), 2)).toEqual(["beside", "b"]);
  expect(await findLabels(at("none.tar.gz"), 2)).toBeUndefined();
  expect(await findLabels(at("none.tar.gz"), 1000)).toBe(IMAGENET_LABELS);
});

test.each(Object.keys(BAD))("labels that are no labels: %s", async (name) => {
  const message = `${at(name)}.labels.json: ${MESSAGES[name]}`;
  await expect(findLabels(at(`${name}.tar.gz`), 2)).rejects.toMatchObject({ code: "format", message });
});
