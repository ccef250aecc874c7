import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink, isSameModel } from "../../../src/web/page/permalink.js";
import { fitState, LIMITS, type PageState, VIEWS } from "../../../src/web/page/state.js";

const classes = 1000;
const hash = "0123456789abcdef".repeat(4);

const index = fc.nat(classes - 1);
const seed = fc.integer(LIMITS.seed);
const fraction = fc.nat(10_000).map((value) => value / 10_000);
const point = fc.record({ class: index, seed });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const anyState: fc.Arbitrary<PageState> = fc
  .record({
    view: fc.constantFrom(...VIEWS),
    class: index,
    mix: fc.array(fc.record({ class: index, weight: fraction }), { minLength: 2, maxLength: 4 }),
    from: point,
    to: point,
    seed,
    truncation: fraction,
    second: fraction,
    count: fc.integer(LIMITS.count),
    steps: fc.integer(LIMITS.steps),
    speed: fc.integer(LIMITS.speed),
    frame: fc.nat(LIMITS.steps.max - 1),
    zoom: optional(fc.nat(2 * LIMITS.count.max - 1)),
    smooth: optional(fc.boolean()),
  })
  .map((state) => ({ ...state, frame: Math.min(state.frame, state.steps - 1) }));

const reopen = (link: string) => fitState(decodeLink(link).state, { classes }).state;

describe("a permalink", () => {
  it("restores what the view's pictures depend on, and gives the same link again", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const link = encodeLink(state, hash);
        const { state: said, model } = decodeLink(`#${link}`);
        expect(state).toMatchObject(said);
        expect(model).toBe(hash.slice(0, 12));
        expect(encodeLink(reopen(link), hash)).toBe(link);
      }),
    );
  });

  it("holds each setting of each view", () => {
    const { state } = fitState({ zoom: 3, smooth: true }, { classes });
    expect(encodeLink(state, hash)).toBe(
      "view=samples&class=207&seed=42&truncation=0.5&count=12&zoom=3&smooth=1&model=0123456789ab",
    );
    expect(encodeLink({ ...state, view: "mix", zoom: undefined }, undefined)).toBe(
      "view=mix&mix=933:0.5,151:0.5&seed=42&truncation=0.5&count=12&smooth=1",
    );
    expect(encodeLink({ ...state, view: "morph", smooth: undefined }, undefined)).toBe(
      "view=morph&from=207,23&to=8,31&truncation=0.5&steps=12&speed=12&frame=0&zoom=3",
    );
    expect(encodeLink({ ...state, view: "compare", zoom: undefined, smooth: false }, undefined)).toBe(
      "view=compare&class=207&seed=42&truncation=0.5&second=1&count=12&smooth=0",
    );
  });

  it("of any text is a state within its limits", () => {
    const keys = ["view", "class", "mix", "from", "seed", "truncation", "count", "steps", "frame", "zoom", "model"];
    const pair = fc.tuple(
      fc.constantFrom(...keys),
      fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)),
    );
    const text = fc.oneof(
      fc.string({ maxLength: 2000, unit: "binary" }),
      fc.array(pair).map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join("&")),
    );
    fc.assert(
      fc.property(text, (fragment) => {
        const state = reopen(fragment);
        expect(VIEWS).toContain(state.view);
        for (const { class: at } of [{ class: state.class }, state.from, state.to, ...state.mix]) {
          expect(Number.isInteger(at) && at >= 0 && at < classes).toBe(true);
        }
        for (const key of ["seed", "truncation", "count", "steps", "speed"] as const) {
          expect(state[key]).toBeGreaterThanOrEqual(LIMITS[key].min);
          expect(state[key]).toBeLessThanOrEqual(LIMITS[key].max);
        }
        expect(state.frame).toBeLessThan(state.steps);
        expect(encodeLink(state, undefined).length).toBeLessThan(1000);
      }),
    );
  });

  const { state: fresh } = fitState({}, { classes });
  it.each([
    "",
    "#",
    "seed=-1&truncation=1.5&count=0&class=1e3&steps=1",
    "seed=4294967296&count=49&speed=31&frame=48&zoom=96",
    "seed=0x10&truncation=NaN&class=%00&mix=1:2,3:4",
    "mix=1:0.5",
    "mix=1:0.5,2:0.5,3:0.5,4:0.5,5:0.5",
    "mix=1:0.5:1,2:0.5",
    "from=1&to=1,2,3",
    "view=__proto__&__proto__=1&constructor=2",
    "smooth=yes",
    "view=<script>alert(1)</script>",
    `class=3&x=${"y".repeat(1000)}`,
  ])("that is hostile opens the defaults: %s", (fragment) => {
    expect(reopen(fragment)).toEqual(fresh);
  });

  it("knows its model", () => {
    const link = decodeLink(encodeLink(fresh, hash));
    expect(isSameModel(link, hash)).toBe(true);
    expect(isSameModel(link, "f".repeat(64))).toBe(false);
    expect(isSameModel(decodeLink("class=3"), hash)).toBe(true);
    expect(decodeLink("model=0123456789AB").model).toBeUndefined();
  });
});

describe("a state for another model", () => {
  it("replaces classes that the model has not, and says which", () => {
    const { state, changed } = fitState({ class: 207, from: { class: 8, seed: 5 }, mix: [] }, { classes: 10 });
    expect(state).toMatchObject({ class: 0, from: { class: 8, seed: 5 } });
    expect(changed).toEqual(["class 207"]);
  });

  it("takes the truncation that is baked into the model", () => {
    const { state, changed } = fitState({ truncation: 0.2 }, { classes: 10, bakedTruncation: 0.4 });
    expect(state).toMatchObject({ truncation: 0.4, second: 0.4 });
    expect(changed).toEqual(["truncation 0.2"]);
  });
});
