import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readManifest } from "../../src/export/read-manifest.js";
import { verifyFolder } from "../../src/export/verify-folder.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { biggan } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const FIXTURES = [
  { name: "biggan-mini", parameters: 423_172, cases: 9 },
  { name: "biggan-deep-mini", parameters: 1_068_841, cases: 10 },
] as const;

/** Largest |a - b| over two arrays of one length. */
function largestDifference(wanted: ArrayLike<number> = [], found: ArrayLike<number> = []): number {
  expect(found.length).toBe(wanted.length);
  return Array.from(wanted).reduce((worst, value, i) => Math.max(worst, Math.abs(value - (found[i] ?? Number.NaN))), 0);
}

const imageOf = async (path: string) => (await readNpz(path)).get("image")?.data;

describe.each(FIXTURES)("$name", ({ name, parameters }) => {
  const model = `fixtures/${name}.tar.gz`;
  const reference = `fixtures/${name}.reference.npz`;

  it.each([
    ["reference", 5e-5],
    ["tfjs-wasm", 2e-4],
  ])("run: %s gives TensorFlow's pictures at every truncation", async (backend, bound) => {
    const output = join(await temporaryFolder(), "out.npz");
    const { code } = await biggan(["run", model, "--inputs", reference, "--output", output, "--backend", backend]);
    expect(code).toBe(0);
    expect(largestDifference(await imageOf(reference), await imageOf(output))).toBeLessThan(bound);
  });

  it("run --taps gives every layer, in float64 within 1e-5 of TensorFlow's largest magnitude", async () => {
    const taps = `fixtures/${name}.reference-taps.npz`;
    const output = join(await temporaryFolder(), "out.npz");
    const args = ["run", model, "--inputs", taps, "--output", output, "--backend", "reference", "--taps"];
    expect((await biggan(args)).code).toBe(0);
    const found = await readNpz(output);
    const wanted = [...(await readNpz(taps))].filter(([key]) => key.startsWith("tap/"));
    expect(wanted.length).toBeGreaterThan(5);
    for (const [key, { data }] of wanted) {
      const largest = Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = largestDifference(data, found.get(key)?.data);
      expect(worst / largest, key).toBeLessThan(1e-5);
    }
  });

  it("check fits and reads no weights; inspect --verify reads them all", async () => {
    const check = await biggan(["check", model, "--json"]);
    expect(check.code).toBe(0);
    const document = z.object({ ok: z.boolean(), parameters: z.number(), issues: z.array(z.unknown()) });
    expect(document.parse(JSON.parse(check.stdout))).toEqual({ ok: true, parameters, issues: [] });

    const inspect = await biggan(["inspect", model, "--verify", "--json"]);
    const tensors = z.object({ tensors: z.array(z.object({ name: z.string(), checksum: z.literal("verified") })) });
    expect(tensors.parse(JSON.parse(inspect.stdout)).tensors.length).toBeGreaterThan(200);
  });

  it("convert writes the same bytes every time", async () => {
    const folder = await temporaryFolder();
    const manifests: string[] = [];
    // The second one in another place, on another day, where it is another time.
    const later = join(folder, "later.mjs");
    await writeFile(
      later,
      `const Day = Date;
      globalThis.Date = class extends Day {
        static now() { return Day.now() + 4e10; }
        constructor(...time) { super(...(time.length > 0 ? time : [Day.now() + 4e10])); }
      };`,
    );
    const elsewhere = { NODE_OPTIONS: `--import=${pathToFileURL(later)}`, TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8" };
    for (const [output, env] of [
      ["first", {}],
      ["a/second", elsewhere],
    ] as const) {
      const args = ["convert", model, "-o", join(folder, output), "--to", "tfjs,onnx,safetensors"];
      expect((await biggan(args, { env })).code).toBe(0);
      manifests.push(await readFile(join(folder, output, "manifest.json"), "utf8"));
    }
    expect(manifests[1]).toBe(manifests[0]);
    expect(manifests[0]).not.toContain(folder);
  });

  it("parity finds another model's pictures not explained: exit 5", async () => {
    const other = `fixtures/${name}.reference.npz`;
    const { code, stdout, stderr } = await biggan([
      "parity",
      model,
      "--against",
      other,
      "--raw-weights",
      "--backend",
      "reference",
    ]);
    expect(stdout).toMatch(/Is the port right\? +No/);
    expect(stderr).toMatch(/reference against .*: first off at image: expected at most/);
    expect(code).toBe(5);
  });
});

// One of the two: a port sweeps all rows of the statistics, which takes its time; `npm start` ports both.
it("port writes the folder of the contract, whole, with its verdicts", async () => {
  const folder = await temporaryFolder();
  const model = "fixtures/biggan-mini.tar.gz";
  const reference = "fixtures/biggan-mini.reference.npz";
  const first = join(folder, "first");
  const ported = await biggan(["port", model, "-o", first, "--against", `float64,${reference}`]);
  expect(ported.stderr).toBe("");
  expect(ported.code).toBe(0);
  expect(ported.stdout).toMatch(/Is the port right\? +Yes.*Is the runtime right\? +Yes/s);
  const inside = await readdir(first, { recursive: true });
  for (const path of [
    "manifest.json",
    "tfjs/model.json",
    "goldens.npz",
    "labels.json",
    "report/index.html",
    "report/samples.png",
  ]) {
    expect(inside).toContain(path);
  }
  await verifyFolder(first);
  expect((await readManifest(first)).parity?.verdict).toBe("explained by rounding");
  const picture = PNG.sync.read(await readFile(join(first, "report/samples.png")));
  expect(picture.width).toBeGreaterThan(256);
});

it("sample is the same picture every time, and interpolate begins and ends at its ends", async () => {
  const folder = await temporaryFolder();
  const model = "fixtures/biggan-mini.tar.gz";
  const sample = (output: string) =>
    biggan([
      "sample",
      model,
      "-o",
      join(folder, output),
      "--class",
      "star",
      "--class",
      "fish:0.5,heart:0.5",
      "--count",
      "2",
      "--seed",
      "7",
    ]);
  expect((await sample("a.png")).code).toBe(0);
  expect((await sample("b.png")).code).toBe(0);
  expect(await readFile(join(folder, "b.png"))).toEqual(await readFile(join(folder, "a.png")));
  const strip = await biggan([
    "interpolate",
    model,
    "-o",
    join(folder, "strip.png"),
    "--from",
    "star@1",
    "--to",
    "fish@2",
    "--steps",
    "5",
  ]);
  expect(strip.code).toBe(0);
  expect(strip.stdout).toContain("5 pictures from star@1 to fish@2");
});
