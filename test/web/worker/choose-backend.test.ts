import { beforeEach, describe, expect, test, vi } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import type { Engine, Row } from "../../../src/web/engines/engine.js";
import { createLossWatch, GpuLost } from "../../../src/web/engines/loss-watch.js";
import { SoftwareGpu } from "../../../src/web/engines/require-hardware.js";
import type { LoadProgress, WebBackend } from "../../../src/web/types.js";
import { createArtist } from "../../../src/web/worker/artist.js";
import { type ChooseOptions, chooseBackend } from "../../../src/web/worker/choose-backend.js";
import type { ModelSource } from "../../../src/web/worker/model-source.js";
import { openEngine } from "../../../src/web/worker/open-engine.js";

vi.mock("../../../src/web/worker/open-engine.js", () => ({ openEngine: vi.fn() }));

const RESOLUTION = 2;
const PIXELS = RESOLUTION * RESOLUTION * 3;

/** A model whose every pixel is its truncation. */
function modelSource(cases = 3): ModelSource {
  const truncation = Float32Array.from({ length: cases }, (_, index) => index / 10);
  const image = Float32Array.from({ length: cases * PIXELS }, (_, at) => truncation[Math.floor(at / PIXELS)] ?? 0);
  const zeros = (width: number) => ({ shape: [cases, width], data: new Float32Array(cases * width) });
  return {
    facts: {
      name: "model",
      family: "biggan",
      resolution: RESOLUTION,
      classes: 3,
      zDim: 4,
      parameters: 1,
      labels: ["one", "two", "three"],
      bakedTruncation: undefined,
      hash: "",
      format: "tfjs",
      bytes: 1,
      warnings: [],
    },
    files: {
      kind: "tfjs",
      modelTopology: {},
      signature: {},
      weightSpecs: [],
      weightStream: () => new ReadableStream(),
    },
    goldens:
      cases === 0
        ? undefined
        : { z: zeros(4), y: zeros(3), truncation, image: { shape: [cases, 2, 2, 3], data: image }, bound: 0.01 },
    loaded: vi.fn(async () => undefined),
    [Symbol.asyncDispose]: vi.fn(async () => undefined),
  };
}

const disposed: WebBackend[] = [];
const rows: Row[] = [];

/** An engine that draws this. */
function engine(backend: WebBackend, draw: (row: Row) => number | Error): Engine {
  return {
    backend,
    description: `engine of ${backend}`,
    async run(row) {
      rows.push(row);
      const value = draw(row);
      if (value instanceof Error) throw value;
      return new Float32Array(PIXELS).fill(value);
    },
    memory: () => ({ tensors: 1, bytes: 2 }),
    dispose: async () => void disposed.push(backend),
  };
}

const right = ({ truncation }: Row) => truncation;

/** What happens when each is opened. */
function engines(
  table: Partial<Record<WebBackend, (row: Row) => number | Error>>,
  failures: Partial<Record<WebBackend, Error>> = {},
): void {
  vi.mocked(openEngine).mockImplementation(async (backend, _source, { hardwareOnly }) => {
    const failure = failures[backend];
    if (failure !== undefined && (hardwareOnly || !(failure instanceof SoftwareGpu))) throw failure;
    return engine(backend, table[backend] ?? right);
  });
}

function options(changes: Partial<ChooseOptions> = {}): ChooseOptions {
  return {
    backends: ["webgpu", "webgl", "wasm"],
    hardwareFirst: true,
    selfTest: true,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

beforeEach(() => {
  disposed.length = 0;
  rows.length = 0;
  // Node has none.
  vi.stubGlobal(
    "ImageData",
    class {
      readonly data = new Uint8ClampedArray(4 * PIXELS);
    },
  );
});

describe("the back-end that is taken", () => {
  test("is the first that is right, and what it did is told", async () => {
    engines({});
    const seen: LoadProgress[] = [];
    const { facts } = await chooseBackend(modelSource(), options({ onProgress: (step) => void seen.push(step) }));
    expect(facts).toEqual({
      backend: "webgpu",
      description: "engine of webgpu",
      selfTest: { cases: 3, worst: 0, bound: 0.01, passed: true },
      refused: [],
    });
    expect(seen).toEqual([
      { stage: "compile", backend: "webgpu" },
      ...[1, 2, 3].map((done) => ({ stage: "self-test", backend: "webgpu", done, total: 3 })),
    ]);
  });

  test("is not one that is wrong, not a number, or does not run; each wrong one ends after one picture", async () => {
    engines({ webgpu: () => 0.5, webgl: () => Number.NaN });
    const { facts } = await chooseBackend(modelSource(), options());
    expect(facts.backend).toBe("wasm");
    expect(facts.refused).toEqual([
      {
        backend: "webgpu",
        reason:
          "it draws wrong pictures: a pixel of test picture 1 of 3 is off by 0.50, and rounding explains 0.01 at most (black and white are 2 apart)",
      },
      {
        backend: "webgl",
        reason:
          "it draws wrong pictures: a pixel of test picture 1 of 3 is not a number, and rounding explains 0.01 at most (black and white are 2 apart)",
      },
    ]);
    expect(disposed).toEqual(["webgpu", "webgl"]);
    expect(rows).toHaveLength(1 + 1 + 3);
  });

  test("is software only where nothing else is right, unless it was asked for", async () => {
    const software = { webgpu: new SoftwareGpu("SwiftShader"), webgl: new SoftwareGpu("SwiftShader") };
    engines({}, software);
    const first = await chooseBackend(modelSource(), options());
    expect(first.facts.backend).toBe("wasm");
    expect(first.facts.refused[0]?.reason).toBe(
      "there is no graphics card for it (SwiftShader computes on the processor, and WebAssembly is faster)",
    );
    engines({ wasm: () => 1 }, software);
    const second = await chooseBackend(modelSource(), options());
    expect(second.facts).toMatchObject({ backend: "webgpu", selfTest: { passed: true } });
    expect(second.facts.refused.map(({ backend }) => backend)).toEqual(["webgl", "wasm"]);
    engines({}, software);
    expect((await chooseBackend(modelSource(), options({ hardwareFirst: false }))).facts.backend).toBe("webgpu");
  });

  test("is warm, but untested, without goldens and when no test is wanted", async () => {
    engines({ webgpu: () => 0.7 });
    for (const [source, selfTest] of [
      [modelSource(0), true],
      [modelSource(), false],
    ] as const) {
      rows.length = 0;
      const { facts } = await chooseBackend(source, options({ selfTest }));
      expect(facts).toMatchObject({ backend: "webgpu", selfTest: { cases: 0, passed: true } });
      expect(rows).toHaveLength(1);
    }
  });

  test("is none, in words, where all are refused", async () => {
    engines({ wasm: () => 1 }, { webgpu: new Error("no WebGPU"), webgl: new Error("no WebGL") });
    await expect(chooseBackend(modelSource(), options())).rejects.toMatchObject({
      code: "backend",
      message: expect.stringMatching(
        /^No way of computing is right on this device\. WebGPU: it does not run: no WebGPU; WebGL: it does not run: no WebGL; WebAssembly: it draws wrong pictures: .+\.$/,
      ),
    });
  });

  test("is not looked for where the model cannot be read, or nobody wants it", async () => {
    const broken = new FormatError({ file: "a", field: "b" }, "c", "d");
    engines({}, { webgpu: broken });
    await expect(chooseBackend(modelSource(), options())).rejects.toBe(broken);
    const signal = AbortSignal.abort("no");
    await expect(chooseBackend(modelSource(), options({ signal }))).rejects.toBe("no");
  });
});

describe("a graphics card that is lost", () => {
  async function artist(notices: string[] = []) {
    const source = modelSource();
    const { backends, hardwareFirst, selfTest } = options();
    const chosen = await chooseBackend(source, options());
    const onNotice = (words: string) => void notices.push(words);
    return createArtist(source, chosen, { backends, hardwareFirst, selfTest, onNotice });
  }

  test("again and again is given up for the next back-end", async () => {
    let left = 3;
    const notices: string[] = [];
    engines({ webgpu: ({ truncation }) => (left-- > 0 ? truncation : new GpuLost("reset")) });
    const generator = await artist(notices);
    left = 0;
    expect(await generator.generate({ count: 2 })).toHaveLength(2);
    expect(generator.backend.backend).toBe("webgl");
    expect(generator.backend.refused).toEqual([{ backend: "webgpu", reason: "it does not run: reset" }]);
    expect(notices).toEqual([
      "The graphics card was lost (reset). The model is loaded again.",
      "It goes on with WebGL instead of WebGPU.",
    ]);
  });

  test("for good is an error in words, and the next request tries anew", async () => {
    engines({});
    const generator = await artist();
    engines(
      { webgpu: () => new GpuLost("reset") },
      { webgpu: new Error("gone"), webgl: new Error("gone"), wasm: new Error("gone") },
    );
    vi.mocked(openEngine).mockClear();
    const lost = engine("webgpu", () => new GpuLost("reset"));
    const broken = createArtist(
      modelSource(),
      { engine: lost, facts: generator.backend },
      { backends: ["webgpu"], hardwareFirst: false, selfTest: true, onNotice: () => undefined },
    );
    await expect(broken.generate({})).rejects.toThrow(/WebGPU: it does not run: gone/);
    engines({});
    expect(await broken.generate({})).toHaveLength(1);
  });

  test("is known before, during and after the work, and by what fails because of it", async () => {
    const never = () => new Promise<number>(() => undefined);
    const during = createLossWatch();
    const waiting = during.guard(never);
    during.tell("pulled");
    await expect(waiting).rejects.toThrow(new GpuLost("pulled"));
    const work = vi.fn(async () => 1);
    await expect(during.guard(work)).rejects.toThrow(GpuLost);
    expect(work).not.toHaveBeenCalled();

    let isGone = false;
    const after = createLossWatch(() => isGone);
    expect(await after.guard(async () => 7)).toBe(7);
    await expect(after.guard(async () => (isGone = true))).rejects.toThrow(GpuLost);

    const late = createLossWatch();
    const failing = late.guard(() => Promise.reject(new Error("mapAsync failed")));
    setTimeout(() => late.tell("reset"), 20);
    await expect(failing).rejects.toThrow(new GpuLost("reset"));
    await expect(createLossWatch().guard(() => Promise.reject(new Error("plain")))).rejects.toThrow("plain");
  });
});

test("requests are refused in words, wait for each other, and end with the generator", async () => {
  engines({});
  const source = modelSource();
  const generator = createArtist(source, await chooseBackend(source, options()), {
    ...options(),
    onNotice: () => undefined,
  });
  await expect(generator.generate({ seed: -1 })).rejects.toMatchObject({ name: "WebError", code: "usage" });
  await expect(generator.interpolate({ from: {}, to: {}, steps: 1 })).rejects.toThrow(/steps: expected/);
  const order: number[] = [];
  const first = generator.generate({ count: 3 }, { onPicture: (_, index) => void order.push(index) });
  const second = generator.interpolate(
    { from: {}, to: {}, steps: 2 },
    { onPicture: (_, at) => void order.push(10 + at) },
  );
  await Promise.all([first, second]);
  expect(order).toEqual([0, 1, 2, 10, 11]);
  expect(await generator.memory()).toEqual({ tensors: 1, bytes: 2 });
  const unfinished = generator.generate({ count: 100 });
  unfinished.catch(() => undefined);
  await generator.dispose();
  await generator.dispose();
  await expect(unfinished).rejects.toThrow("the generator has been disposed of");
  await expect(generator.generate({})).rejects.toThrow("the generator has been disposed of");
  expect(disposed).toEqual(["webgpu"]);
  expect(source[Symbol.asyncDispose]).toHaveBeenCalledOnce();
});
