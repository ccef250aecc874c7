import { describe, expect, it } from "vitest";
import { comparePictures } from "../../scripts/bench-inference/compare-pictures.mjs";
import { startContender } from "../../scripts/bench-inference/contender-process.mjs";
import { goalTable, rowsOf, timeTables } from "../../scripts/bench-inference/tables.mjs";
import { takeTurn } from "../../scripts/bench-inference/take-turn.mjs";

describe("a contender", () => {
  const start = (script: string, timeoutSeconds = 20) =>
    startContender([process.execPath, "-e", script], { timeoutSeconds });
  const READY = 'console.log("a library says hello"); console.log(JSON.stringify({ ready: true }));';

  it("answers one request after another, and its memory is known", async () => {
    const contender = await start(
      `${READY} process.stdin.on("data", (line) => console.log(JSON.stringify({ milliseconds: 10 * JSON.parse(line).batch })));`,
    );
    expect(await contender.ask({ batch: 1 })).toEqual({ milliseconds: 10 });
    expect(await contender.ask({ batch: 8 })).toEqual({ milliseconds: 80 });
    expect(contender.peakBytes()).toBeGreaterThan(10 * 2 ** 20);
    contender.stop();
  });

  it("fails with its last words, at the start, in the middle and when it says nothing", async () => {
    await expect(start('throw new Error("no model")')).rejects.toThrow("Error: no model");
    await expect(start("setInterval(() => {}, 1000)", 0.2)).rejects.toThrow("no answer within 0.2 s");
    await expect(startContender(["/nowhere/python"])).rejects.toThrow("ENOENT");
    const contender = await start(`${READY} process.stdin.on("data", () => { throw new Error("out of memory"); });`);
    await expect(contender.ask({ batch: 1 })).rejects.toThrow("Error: out of memory");
    await expect(contender.ask({ batch: 1 })).rejects.toThrow("out of memory");
  });
});

it("a turn lasts its seconds, one run at least, and counts for each picture", async () => {
  const times = [100, 300, 200, 400];
  const process = { ask: async () => ({ milliseconds: times.shift() ?? 0 }) };
  expect(await takeTurn(process, 2, 0.55)).toEqual({ runs: 3, milliseconds: 100 });
  expect(await takeTurn(process, 1, 0.1)).toEqual({ runs: 1, milliseconds: 400 });
});

describe("pictures", () => {
  const wanted = [0.5, -0.5];

  it("are compared row by row, as far as the batch goes", () => {
    const pictures = new Map([
      [0, wanted],
      [2, wanted],
    ]);
    const image = Float32Array.of(0.5, -0.25, 9, 9, 0.5, -0.5);
    expect(comparePictures(image.subarray(0, 2), 1, pictures)).toEqual({
      largest: 0.25,
      decibels: 10 * Math.log10(4 / (0.0625 / 2)),
    });
    expect(comparePictures(image, 3, pictures).decibels).toBeCloseTo(10 * Math.log10(4 / (0.0625 / 4)), 9);
  });

  it("that hold a NaN, or another size, are not taken for right ones", () => {
    const pictures = new Map([[0, wanted]]);
    const { largest, decibels } = comparePictures(Float32Array.of(Number.NaN, -0.5), 1, pictures);
    expect([largest, decibels]).toEqual([Number.NaN, Number.NaN]);
    expect(() => comparePictures(Float32Array.of(1), 1, pictures)).toThrow("expected pictures of 2 numbers, found 1");
  });
});

describe("tables", () => {
  const turn = { module: "m", batch: 1 };
  const check = { ...turn, largest: 1e-5, decibels: 100, peakBytes: 2 ** 20 };
  const results = {
    modules: [{ name: "m", parameters: 1e6 }],
    contenders: [
      { id: "onnx", title: "ours", group: "ours" },
      { id: "torch-onnx", title: "theirs", group: "rivals" },
      { id: "pytorch", title: "PyTorch", group: "rivals" },
    ],
    turns: [
      { ...turn, contender: "onnx", milliseconds: 10 },
      { ...turn, contender: "onnx", milliseconds: 12 },
      { ...turn, contender: "onnx", milliseconds: 99 },
      { ...turn, contender: "torch-onnx", milliseconds: 24 },
    ],
    checks: [
      { ...check, contender: "onnx" },
      { ...check, contender: "torch-onnx" },
      { ...check, contender: "pytorch" },
    ],
    failures: [{ module: "m", contender: "pytorch", error: "not installed" }],
  };

  it("hold medians and spreads; who has no turn has no row, and is said to have failed", () => {
    expect(rowsOf(results).map(({ contender, time }) => [contender, time.median])).toEqual([
      ["onnx", 12],
      ["torch-onnx", 24],
    ]);
    const text = timeTables(results, () => "chart");
    expect(text).toContain("| **ours** | 12.0 (10.0–99.0) | 1 | 100.0 | 1.0e-5 |");
    expect(text).toContain("Not run: PyTorch: `not installed`");
  });

  it("divide the rivals' medians by ours, with a dash for what was not measured", () => {
    const [, , ...lines] = goalTable(results).split("\n");
    expect(lines[0]).toBe("| torch.onnx export ÷ ours, onnxruntime | ≥ 1.3 | 2.0 |");
    expect(lines[3]).toBe("| PyTorch ÷ ours, onnxruntime |  | – |");
  });
});
