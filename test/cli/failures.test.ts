import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { brokenFiles, brokenFixtures, EXPECTED } from "../helpers/broken.js";
import { DAMAGES, makeDamage } from "../helpers/damage.js";
import { fixture } from "../helpers/fixtures.js";
import { biggan, bigganHere } from "../helpers/program.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const MODEL = "fixtures/biggan-mini.tar.gz";

describe("wrong usage", () => {
  it.each([
    [[], 2, "name a command"],
    [["chek"], 2, "Did you mean check?"],
    [["check"], 2, "Not enough non-option arguments"],
    [["check", MODEL, "--what"], 2, "Unknown argument: what"],
    [["sample", MODEL, "-o", "x.png", "--class", "dragon"], 2, 'class "dragon"'],
    [["sample", MODEL, "-o", "x.png", "--truncation", "2"], 2, "--truncation: expected a number from 0 to 1, found 2"],
    [["sample", MODEL, "-o", "x.png", "--count", "0"], 2, "--count: expected a whole number from 1"],
    [["sample", MODEL, "-o", "x.png", "--backend", "cuda"], 2, "--backend: expected one of reference"],
    [["convert", MODEL, "-o", "x", "--to", "caffe"], 2, "--to: expected tfjs, onnx, safetensors, found caffe"],
    [["convert", MODEL, "-o", "x", "--passes", "fold-constant"], 2, "Did you mean fold-constants?"],
    [["convert", MODEL, "-o", "x", "--truncation", "1.5"], 2, "--truncation: expected a number from 0 to 1, found 1.5"],
    [["convert", MODEL, "-o", "x", "--quality", "good"], 2, "--quality: expected decibels above 0, found good"],
    [["convert", MODEL, "-o", "x", "--max-bytes", "few"], 2, "--max-bytes: expected a size, found few"],
    [["check", "no-such-module.tar.gz"], 3, "no-such-module.tar.gz: file: expected a readable file"],
    [["check", "package.json"], 3, "expected a TF Hub module"],
    [["run", MODEL, "--inputs", "package.json", "--output", "x.npz"], 3, "expected a zip archive"],
    [
      ["run", MODEL, "--inputs", "fixtures/biggan-deep-mini.reference.npz", "--output", "x.npz"],
      2,
      "z: expected shape [n, 40]",
    ],
    [["sample", MODEL, "-o", "/proc/none/x.png", "--class", "fish", "--count", "1"], 6, "cannot write"],
  ] as const)("%j: exit %i", async (args, code, message) => {
    const finished = await bigganHere(args);
    expect(finished.stderr).toContain(message);
    expect(finished.code).toBe(code);
    expect(finished.stderr).not.toMatch(/^\s+at /m);
  });

  it("under --json the error is the one document on stdout", async () => {
    const { code, stdout } = await biggan(["check", "no-such-module.tar.gz", "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "format", hint: "Check the path." } });
  });

  it("every command has help with an example", async () => {
    const { stdout } = await biggan(["--help"]);
    const commands = [...stdout.matchAll(/^\s+biggan-port (\w+)/gm)].map((match) => match[1] ?? "");
    expect(commands).toEqual(
      expect.arrayContaining(["port", "inspect", "check", "convert", "run", "parity", "sample", "interpolate"]),
    );
    for (const command of commands) {
      expect((await biggan([command, "--help"])).stdout, command).toContain("Examples:");
    }
  });
});

describe("damaged files", () => {
  it.each(brokenFixtures("archives"))("%s is refused by check with exit 3 and its message", async (name) => {
    const { code, stderr } = await bigganHere(["check", fixture(`broken/${name}`)]);
    expect(code).toBe(3);
    const expected = EXPECTED[name]?.message ?? "no message";
    // Some are no module rather than a damaged one: what is wrong is told before the archive is read.
    expect(stderr.includes(expected) || stderr.includes("expected")).toBe(true);
  });

  it.each(["pytorch", "npz", "zip", "sharded", "tfjs-layers"])(
    "all of broken/%s are refused by inspect --verify with exit 3 and a hint, also where the names are no model's",
    async (format) => {
      for (const [name] of brokenFiles(format)) {
        const { code, stdout } = await bigganHere([
          "inspect",
          fixture(`broken/${format}/${name}`),
          "--verify",
          "--json",
        ]);
        const refusal = { error: { code: "format", message: expect.any(String), hint: expect.any(String) } };
        expect([name, code, JSON.parse(stdout)]).toEqual([name, 3, refusal]);
      }
    },
  );

  it("a whole file with the names of no model is no bad file: exit 4 after it was verified", async () => {
    const args = ["inspect", "test/golden/pytorch/2.14-checkpoint.pth", "--verify"];
    expect(await bigganHere(args)).toMatchObject({ code: 4, stderr: expect.stringContaining("the names of a BigGAN") });
  });

  it.each(DAMAGES.map((damage) => [damage.name, damage] as const))(
    "%s: worded, right exit code, nothing left",
    async (_, damage) => {
      const folder = await temporaryFolder();
      const model = await makeDamage(damage, folder);
      const output = join(folder, "out");
      const { code, stderr } = await biggan([
        damage.seenBy,
        model,
        ...(damage.seenBy === "convert" ? ["-o", output] : []),
      ]);
      expect(stderr).toMatch(damage.message);
      expect(code).toBe(damage.exitCode);
      expect((await readdir(folder)).filter((name) => name.startsWith("out") || name.startsWith(".out"))).toEqual([]);
    },
  );
});

describe("outputs", () => {
  it("an existing folder stays without --force, is replaced with it, and survives a failure", async () => {
    const folder = await temporaryFolder();
    const target = join(folder, "export");
    await mkdir(target);
    await writeFile(join(target, "mine.txt"), "mine");
    const refused = await biggan(["convert", MODEL, "-o", target]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--force");

    const damages = DAMAGES.filter(({ name }) => name === "flip_byte");
    for (const damage of damages) {
      const damaged = await makeDamage(damage, folder);
      expect((await biggan(["convert", damaged, "-o", target, "--force"])).code).toBe(3);
    }
    expect(damages).toHaveLength(1);
    expect(await readFile(join(target, "mine.txt"), "utf8")).toBe("mine");

    expect((await biggan(["convert", MODEL, "-o", target, "--force"])).code).toBe(0);
    expect(await readdir(target)).not.toContain("mine.txt");
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/partial|old/));
  });

  it("goes on when nobody reads the results any more", async () => {
    const { code, stderr } = await biggan(["check", MODEL], { closeStdout: true });
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s half-way: exit 130, nothing left behind, an earlier output untouched",
    async (signal) => {
      const folder = await temporaryFolder();
      const temporary = join(folder, "tmp");
      const target = join(folder, "export");
      await mkdir(temporary);
      await mkdir(target);
      await writeFile(join(target, "mine.txt"), "mine");
      // The first line is printed when the module is open and the long work begins.
      const { code, stderr } = await biggan(
        ["port", "fixtures/biggan-deep-mini.tar.gz", "-o", target, "--force", "--backend", "reference,tfjs-cpu"],
        {
          env: { TMPDIR: temporary },
          onOutput: (text, kill) => {
            if (text.includes("BigGAN-deep")) kill(signal);
          },
        },
      );
      expect(stderr).toContain("interrupted");
      expect(code).toBe(130);
      expect(await readdir(target)).toEqual(["mine.txt"]);
      expect(await readdir(temporary)).toEqual([]);
      expect((await readdir(folder)).sort()).toEqual(["export", "tmp"]);
    },
  );
});
