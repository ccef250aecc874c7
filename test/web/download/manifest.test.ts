import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { chooseFormat, filesOfFormat, parseManifest } from "../../../src/web/download/manifest.js";

const HASH = "ab".repeat(32);
const FILES = [
  "goldens.npz",
  "labels.json",
  "onnx/model.onnx",
  "report/index.html",
  "samples.png",
  "tfjs/group1-shard1of2.bin",
  "tfjs/group1-shard2of2.bin",
  "tfjs/model.json",
  "weights.safetensors",
];

function manifest(): Record<string, unknown> {
  return {
    format: "biggan-port",
    formatVersion: 1,
    model: {
      family: "biggan-deep",
      name: "biggan-deep-128",
      resolution: 128,
      classes: 1000,
      zDim: 128,
      parameters: 50_000_000,
      truncation: { kind: "input", grid: [0, 1], range: [0, 1] },
    },
    files: FILES.map((path, index) => ({ path, bytes: index, sha256: HASH })),
    goldens: { file: "goldens.npz", cases: 3, formats: { onnx: { image: "image_onnx", bound: 0.01 } } },
    warnings: ["a warning"],
  };
}

/** The manifest with a field set, as text. */
function edited(path: string, value: unknown): string {
  const document = manifest();
  set(document, path.split("."), value);
  return JSON.stringify(document);
}

function set(document: object, keys: readonly string[], value: unknown): void {
  const [first = "", ...rest] = keys;
  if (rest.length === 0) Reflect.set(document, first, value);
  else set(Object(Reflect.get(document, first)), rest, value);
}

function refusal(text: string): string {
  try {
    parseManifest(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error instanceof Error ? error.message : "";
  }
  return "accepted";
}

describe("a manifest", () => {
  test("gives what a browser needs", () => {
    const found = parseManifest(JSON.stringify(manifest()));
    expect(found).toMatchObject({ name: "biggan-deep-128", classes: 1000, bakedTruncation: undefined });
    expect(found.goldens?.rule("tfjs")).toEqual({ image: "image", bound: 2e-3 });
    expect(found.goldens?.rule("onnx")).toEqual({ image: "image_onnx", bound: 0.01 });
    const paths = (format: "tfjs" | "onnx") => filesOfFormat(found, format).map(({ path }) => path);
    expect(paths("onnx")).toEqual(["goldens.npz", "labels.json", "onnx/model.onnx"]);
    expect(paths("tfjs")).toEqual(["goldens.npz", "labels.json", ...FILES.slice(5, 8)]);
    expect(chooseFormat(found, undefined)).toBe("tfjs");
  });

  test("without the format asked for says which it has", () => {
    const { goldens: _, ...rest } = manifest();
    const files = [{ path: "onnx/model.onnx", bytes: 1, sha256: HASH }];
    const only = parseManifest(JSON.stringify({ ...rest, files }));
    expect(chooseFormat(only, undefined)).toBe("onnx");
    expect(() => chooseFormat(only, "tfjs")).toThrow(
      'manifest.json: files: expected tfjs/model.json, found "onnx/model.onnx"',
    );
  });

  test.each([
    ["format", "other", 'manifest.json: format: expected "biggan-port", found "other"'],
    ["formatVersion", 2, "manifest.json: formatVersion: expected 1, found 2"],
    ["model", null, "manifest.json: model: expected an object, found null"],
    [
      "model.family",
      "biggan-discriminator",
      'manifest.json: model.family: expected a generator, found "biggan-discriminator"',
    ],
    [
      "model.resolution",
      1e9,
      "manifest.json: model.resolution: expected a whole number from 0 to 4096, found 1000000000",
    ],
    ["model.classes", -1, "manifest.json: model.classes: expected a whole number from 0 to 100000, found -1"],
    ["model.zDim", "128", 'manifest.json: model.zDim: expected a whole number from 0 to 65536, found "128"'],
    [
      "model.truncation.kind",
      "none",
      'manifest.json: model.truncation.kind: expected "input" or "baked", found "none"',
    ],
    ["files", {}, "manifest.json: files: expected a list of at most 10000, found {}"],
    [
      "files.0.path",
      "../../etc/passwd",
      'manifest.json: files.0.path: expected a path inside the export\'s folder, found "../../etc/passwd"',
    ],
    [
      "files.0.path",
      "https://other.example/x",
      "manifest.json: files.0.path: expected a path inside the export's folder",
    ],
    ["files.0.path", "//other.example/x", "manifest.json: files.0.path: expected a path inside the export's folder"],
    ["files.0.path", "a/%2e%2e/b", "manifest.json: files.0.path: expected a path inside the export's folder"],
    ["files.0.path", "a?b", "manifest.json: files.0.path: expected a path inside the export's folder"],
    ["files.1.path", "goldens.npz", 'manifest.json: files.1.path: expected each file once, found "goldens.npz"'],
    ["files.0.bytes", 1e15, "manifest.json: files.0.bytes: expected a whole number from 0 to 4294967296"],
    ["files.0.bytes", 1.5, "manifest.json: files.0.bytes: expected a whole number"],
    ["files.0.sha256", "xyz", 'manifest.json: files.0.sha256: expected 64 lower-case hex digits, found "xyz"'],
    ["goldens.file", "other.npz", 'manifest.json: goldens.file: expected a file of this export, found "other.npz"'],
    [
      "goldens.formats.onnx.bound",
      3,
      "manifest.json: goldens.formats.onnx.bound: expected a number from 0 to 2, found 3",
    ],
    ["warnings", [1], "manifest.json: warnings.0: expected a string, found 1"],
  ])("with %s = %j is refused", (path, value, message) => {
    expect(refusal(edited(path, value))).toContain(message);
  });

  test("that is no JSON is refused", () => {
    expect(refusal("<!doctype html>")).toBe('manifest.json: content: expected JSON, found "<!doctype html>"');
  });

  test("of any other content is refused in words, or is one", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(refusal(text)).toMatch(/^manifest\.json: /);
      }),
    );
    const fields = [
      "model",
      "files",
      "goldens",
      "warnings",
      "model.truncation",
      "files.3",
      "files.3.path",
      "goldens.formats",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
        expect(refusal(edited(field, value))).toMatch(/^(manifest\.json: |accepted)/);
      }),
    );
  });

  test("never leads outside its folder", () => {
    const base = new URL("https://site.example/models/one/manifest.json");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."./\\%:?#2e a") }), (path) => {
        const text = edited("files.0", { path, bytes: 1, sha256: HASH });
        if (refusal(text) !== "accepted") return;
        expect(new URL(path, base).href).toMatch(/^https:\/\/site\.example\/models\/one\//);
      }),
      { numRuns: 1000 },
    );
  });
});
