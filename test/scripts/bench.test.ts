import { describe, expect, it } from "vitest";
import { barChart, lineChart, logAxis, spread } from "../../scripts/bench/chart.mjs";
import { replaceSection } from "../../scripts/bench/docs.mjs";
import { lastWords, measure, parseTimes } from "../../scripts/bench/measure.mjs";
import { descendants, parseStat, parseStatus } from "../../scripts/bench/process-tree.mjs";
import { selfTimes } from "../../scripts/bench/profile.mjs";
import { median, rowsOf } from "../../scripts/bench/statistics.mjs";
import { goalTable } from "../../scripts/bench/tables.mjs";

const run = {
  module: "m",
  contender: "c",
  userSeconds: 1,
  systemSeconds: 0.5,
  peakBytes: 7,
  outputBytes: 3,
  writes: true,
};

describe("statistics", () => {
  it("takes the middle value, or the mean of the two in the middle", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it("summarises the runs that succeeded and keeps the first failure", () => {
    const measurements = [
      { ...run, wallSeconds: 2, exit: 0 },
      { ...run, wallSeconds: 4, exit: 0 },
      { ...run, wallSeconds: 99, exit: 1, error: "no" },
      { ...run, wallSeconds: 99, exit: 0, outputBytes: 0 },
    ];
    const [row, ...others] = rowsOf(measurements);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ runs: 2, wall: { median: 3, least: 2, largest: 4 }, cpu: { median: 1.5 } });
    expect(row?.failure).toEqual({ exit: 1, error: "no" });
    expect(rowsOf(measurements.slice(3))[0]?.failure?.error).toBe("it said success and wrote nothing");
  });
});

describe("process tree", () => {
  it("reads /proc, also of programs with odd names", () => {
    expect(parseStat("42 (a) b (c) S 7 42 42 0 -1")).toEqual([42, 7]);
    expect(parseStatus("Name:\tx\nVmHWM:\t    20 kB\nVmRSS:\t    10 kB\n")).toEqual({
      resident: 10240,
      highest: 20480,
    });
    expect(parseStatus("Name:\tzombie\n")).toEqual({ resident: 0, highest: 0 });
  });

  it("finds children of children, and no others", () => {
    const pairs = [
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 1],
      [6, 2],
    ] as const;
    expect(descendants(pairs, 2).toSorted()).toEqual([3, 4, 6]);
    expect(descendants(pairs, 9)).toEqual([]);
  });

  it.runIf(process.platform === "linux")("measures all processes of a command", async () => {
    const held = "const held = Buffer.alloc(1e8, 1); setTimeout(() => held.length, 300)";
    const found = await measure(["bash", "-c", '"$0" -e "$1"; exit 3', process.execPath, held]);
    expect(found.exit).toBe(3);
    expect(found.wallSeconds).toBeGreaterThan(0.3);
    expect(found.peakBytes).toBeGreaterThan(1e8);
  });
});

it("reads bash's times and a program's last words", () => {
  expect(parseTimes("1.5 0.25 0.125\n")).toEqual([1.5, 0.25, 0.125]);
  expect(parseTimes("Killed")).toEqual([]);
  expect(lastWords("start\nValueError: no\n  done\n")).toBe("ValueError: no");
  expect(lastWords("a\n\nb\n")).toBe("b");
  expect(lastWords("")).toBe("it said nothing");
});

it("sums the own time of functions", () => {
  const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 4 });
  const nodes = [
    { id: 1, callFrame: frame("read", "file:///base/src/a.js") },
    { id: 2, callFrame: frame("", "") },
    { id: 3, callFrame: frame("read", "file:///base/src/a.js") },
  ];
  expect(selfTimes({ nodes, samples: [1, 2, 3], timeDeltas: [1000, 2500, 3000] }, "/base/")).toEqual([
    { name: "read", place: "src/a.js:5", milliseconds: 4 },
    { name: "(anonymous)", place: "", milliseconds: 2.5 },
  ]);
});

describe("charts", () => {
  it("has whole decades on its axis", () => {
    const { ticks, place } = logAxis([0.2, 30], 0, 300);
    expect(ticks).toEqual([0.1, 1, 10, 100]);
    expect(place(1)).toBeCloseTo(100);
  });

  it("moves labels apart and keeps their order", () => {
    expect(spread([50, 10, 12], 16)).toEqual([50, 10, 26]);
  });

  it("escapes names, draws one bar a row and leaves out what has no value", () => {
    const bars = barChart("a", [{ label: "x > y", value: 2, text: "2", group: "ours" }]);
    expect(bars).toContain("x &gt; y");
    expect(bars.match(/<rect/g)).toHaveLength(1);
    const series = [
      { label: "l", group: "floor" as const, values: [0, 10] },
      { label: "n", group: "ours" as const, values: [0, 0] },
    ];
    const lines = lineChart("b", ["p", "q"], series);
    expect(lines.match(/<polyline/g)).toHaveLength(1);
    expect(bars + lines).not.toContain("NaN");
  });
});

it("puts goals as ratios of medians, with dashes for what was not measured", () => {
  const seconds = { "ours-folder": 3, copy: 1, crc32c: 0.5, tensorflowjs: 90 };
  const measurements = ["a", "b"].flatMap((module, index) =>
    Object.entries(seconds).map(([contender, wallSeconds]) => ({
      ...{ ...run, module, contender, wallSeconds, exit: 0 },
      peakBytes: (100 + 10 * index) * 2 ** 20,
    })),
  );
  const table = goalTable({ modules: [{ name: "a" }, { name: "b" }], measurements });
  expect(table).toContain("| folder: wall ÷ (cp + CRC32C) | ≤ 2.5 | 2.0 | 2.0 |");
  expect(table).toContain("| tensorflowjs_converter: wall ÷ ours | ≥ 20 | 30 | 30 |");
  expect(table).toContain("| .tar.gz: wall ÷ gzip -dc > /dev/null | ≤ 1.3 | – | – |");
  expect(table).toContain("| peak MiB, the larger of folder and .tar.gz | < 350 | 100 | 110 |");
  expect(table).toContain("differs by 10 % from folders and by – from archives");
});

it("replaces what stands between markers, and nothing else", () => {
  const document = "a\n<!-- bench x -->\nold\n<!-- end -->\nb\n<!-- bench y -->\n<!-- end -->\n";
  const once = replaceSection(document, ["x", "new"]);
  expect(once).toBe("a\n<!-- bench x -->\nnew\n<!-- end -->\nb\n<!-- bench y -->\n<!-- end -->\n");
  expect(() => replaceSection(document, ["z", ""])).toThrow("docs/performance.md: no <!-- bench z --> … <!-- end -->");
});
