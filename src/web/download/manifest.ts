import type { ModelFacts } from "../../sampling/model-facts.js";
import type { WebFormat } from "../types.js";
import { type FieldReader, fieldReader, parseJson } from "./json-fields.js";

/** A file of an export as its manifest lists it. */
export interface ListedFile {
  /** Below the manifest's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** With what a format is compared, and by how much it may be off. */
export interface GoldenRule {
  /** The array of the goldens' file. */
  readonly image: string;
  readonly bound: number;
}

/** The part of an export's manifest that a browser needs. The whole is src/export/manifest.ts, whose schema is too large to ship. */
export interface WebManifest extends Omit<ModelFacts, "labels"> {
  readonly files: ReadonlyMap<string, ListedFile>;
  readonly goldens: { readonly file: string; rule(format: WebFormat): GoldenRule } | undefined;
}

export const MANIFEST = "manifest.json";
const HINT = "Export the model again with this version of biggan-port.";

/** Where each format's model lies in an export. */
export const ENTRIES: Readonly<Record<WebFormat, string>> = { tfjs: "tfjs/model.json", onnx: "onnx/model.onnx" };

/** The published models end at 512 pixels, 1000 classes and 128 numbers; these leave room and keep memory bounded. */
const MAX_RESOLUTION = 4096;
const MAX_CLASSES = 100_000;
const MAX_Z = 65_536;
const MAX_FILES = 10_000;
const MAX_WARNINGS = 1000;
/** What one ArrayBuffer of a browser can hold, about; a BigGAN-512 in float32 takes a third of a GiB. */
const MAX_FILE_BYTES = 2 ** 32;
/** The largest difference of two pixels is 2. */
const FARTHEST = 2;
/** Of exports that say no bound of their own. */
const USUAL_BOUND = 2e-3;

/** Throws a FormatError that names the first wrong field. */
export function parseManifest(text: string): WebManifest {
  const read = fieldReader(MANIFEST, HINT);
  const document = read.record(parseJson(MANIFEST, text, "Give the address of an export's manifest.json."), "document");
  if (document["format"] !== "biggan-port") read.fail("format", '"biggan-port"', document["format"]);
  if (document["formatVersion"] !== 1) read.fail("formatVersion", "1", document["formatVersion"]);
  const model = read.record(document["model"], "model");
  const family = read.text(model["family"], "model.family");
  if (model["role"] === "discriminator" || family.endsWith("discriminator")) {
    read.fail("model.family", "a generator", family);
  }
  const resolution = read.count(model["resolution"], "model.resolution", MAX_RESOLUTION);
  const files = filesOf(read, document["files"]);
  return {
    name: model["name"] === undefined ? `${family} ${resolution}` : read.text(model["name"], "model.name"),
    family,
    resolution,
    classes: read.count(model["classes"], "model.classes", MAX_CLASSES),
    zDim: read.count(model["zDim"], "model.zDim", MAX_Z),
    parameters: read.count(model["parameters"], "model.parameters", Number.MAX_SAFE_INTEGER),
    bakedTruncation: bakedTruncation(read, model["truncation"]),
    warnings: read
      .list(document["warnings"] ?? [], "warnings", MAX_WARNINGS)
      .map((warning, index) => read.text(warning, `warnings.${index}`)),
    files,
    goldens: goldensOf(read, document["goldens"], files),
  };
}

function bakedTruncation(read: FieldReader, value: unknown): number | undefined {
  const truncation = read.record(value, "model.truncation");
  if (truncation["kind"] === "input") return undefined;
  if (truncation["kind"] !== "baked") read.fail("model.truncation.kind", '"input" or "baked"', truncation["kind"]);
  return read.number(truncation["value"], "model.truncation.value", 0, 1);
}

function filesOf(read: FieldReader, value: unknown): ReadonlyMap<string, ListedFile> {
  const files = new Map<string, ListedFile>();
  for (const [index, item] of read.list(value, "files", MAX_FILES).entries()) {
    const at = `files.${index}`;
    const entry = read.record(item, at);
    const path = read.text(entry["path"], `${at}.path`);
    if (!isInnerPath(path)) read.fail(`${at}.path`, "a path inside the export's folder", path);
    if (files.has(path)) read.fail(`${at}.path`, "each file once", path);
    const sha256 = read.text(entry["sha256"], `${at}.sha256`);
    if (!/^[0-9a-f]{64}$/.test(sha256)) read.fail(`${at}.sha256`, "64 lower-case hex digits", sha256);
    files.set(path, { path, sha256, bytes: read.count(entry["bytes"], `${at}.bytes`, MAX_FILE_BYTES) });
  }
  return files;
}

/** Following it, as a URL, leads nowhere outside: `%` could hide a `..`, `?` and `#` end a path, a colon makes a scheme. */
function isInnerPath(path: string): boolean {
  const isPlain = /^[^/\\:%?#\p{Cc}]+(\/[^/\\:%?#\p{Cc}]+)*$/u.test(path);
  return isPlain && path.split("/").every((part) => !/^\.\.?$/.test(part.trim()));
}

function goldensOf(read: FieldReader, value: unknown, files: ReadonlyMap<string, ListedFile>): WebManifest["goldens"] {
  if (value === undefined) return undefined;
  const goldens = read.record(value, "goldens");
  const file = read.text(goldens["file"], "goldens.file");
  if (!files.has(file)) read.fail("goldens.file", "a file of this export", file);
  const formats = read.record(goldens["formats"] ?? {}, "goldens.formats");
  const rules = Object.fromEntries(
    Object.keys(formats).map((format) => [format, ruleOf(read, formats[format], format)]),
  );
  return { file, rule: (format) => rules[format] ?? { image: "image", bound: USUAL_BOUND } };
}

function ruleOf(read: FieldReader, value: unknown, format: string): GoldenRule {
  const at = `goldens.formats.${format}`;
  const rule = read.record(value, at);
  return {
    image: read.text(rule["image"], `${at}.image`),
    bound: read.number(rule["bound"], `${at}.bound`, 0, FARTHEST),
  };
}

/** What a browser runs of an export: the format asked for, else tfjs where it is there. Throws a FormatError where it is not. */
export function chooseFormat({ files }: WebManifest, wanted: WebFormat | undefined): WebFormat {
  const formats: readonly WebFormat[] = wanted === undefined ? ["tfjs", "onnx"] : [wanted];
  const format = formats.find((candidate) => files.has(ENTRIES[candidate]));
  if (format !== undefined) return format;
  const expected = formats.map((candidate) => ENTRIES[candidate]).join(" or ");
  const hint = `Export the model with --to ${formats.join(" or ")}.`;
  return fieldReader(MANIFEST, hint).fail("files", expected, [...files.keys()].slice(0, 5).join(", "));
}

/** Class names, below an export's folder. */
export const LABELS = "labels.json";

/** The files that running a format takes, and no others: its folder, the class names, the golden pictures. */
export function filesOfFormat({ files, goldens }: WebManifest, format: WebFormat): readonly ListedFile[] {
  const folder = ENTRIES[format].replace(/[^/]+$/, "");
  return [...files.values()].filter(({ path }) => path.startsWith(folder) || path === LABELS || path === goldens?.file);
}
