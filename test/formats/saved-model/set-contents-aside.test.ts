import fc from "fast-check";
import { expect, it } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { constantTensor } from "../../../src/formats/saved-model/constant.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import { type SetAsideOptions, setContentsAside } from "../../../src/formats/saved-model/set-contents-aside.js";
import type { SavedModel } from "../../../src/formats/saved-model/types.js";
import { goldenBytes } from "../../helpers/golden.js";
import { memoryFile } from "../../helpers/memory-file.js";
import { field, joined, savedModelOf, varint } from "../../helpers/wire.js";

/** What it gives, or the words in which it fails. */
function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}

/** Everything that is asked of a graph. */
function described({ metaGraphs }: SavedModel) {
  return metaGraphs.map(({ tags, signatures, graph }) => ({
    tags,
    signatures,
    functions: [...graph.functions.keys()],
    nodes: Array.from(graph.nodes, (node) => ({
      name: node.name,
      op: node.op,
      inputs: outcome(() => node.inputs),
      value: node.op === "Const" ? outcome(() => constantTensor("f", node)) : undefined,
    })),
  }));
}

async function sparse(bytes: Uint8Array, options: SetAsideOptions) {
  const model = await setContentsAside(memoryFile("f", bytes), options);
  const { metaGraphs } = parseSavedModel("f", model.bytes, model.contents);
  return { model, described: described({ file: "f", metaGraphs }) };
}

const FLOAT = joined(varint(1 << 3), [1]);

/** A constant as TensorFlow writes it, but for the name. */
function constant(
  name: string,
  values: readonly number[],
  { type = FLOAT, more = new Uint8Array() }: { readonly type?: Uint8Array; readonly more?: Uint8Array } = {},
) {
  const shape = field(2, field(2, joined(varint(1 << 3), varint(values.length))));
  const content = field(4, new Uint8Array(Float32Array.from(values).buffer));
  const tensor = field(8, joined(type, shape, content));
  const attribute = field(5, joined(field(1, "value"), field(2, tensor)));
  return field(1, joined(field(1, name), field(2, "Const"), attribute, more));
}

/** Of the only node. */
async function contentOf(node: Uint8Array) {
  const bytes = savedModelOf(node);
  const { bytes: kept, contents } = await setContentsAside(memoryFile("f", bytes), { smallest: 4 });
  return parseSavedModel("f", kept, contents).metaGraphs[0]?.graph.nodes.contentAside(0);
}

it.each(["biggan-assign-functions", "biggan-assign-pack", "biggan-deep-pure-pack", "biggan-pure-const-renamed-flat"])(
  "%s without its contents says what it says with them",
  async (name) => {
    const bytes = goldenBytes(`tf-hub/${name}.pb.gz`);
    const whole = described(parseSavedModel("f", bytes));
    for (const windowBytes of [50, 4096, bytes.length]) {
      const { model, described: own } = await sparse(bytes, { smallest: 4, windowBytes });
      expect(own).toEqual(whole);
      expect(model.bytes.length).toBeLessThan(bytes.length);
      // The last byte is where it was.
      expect(model.contents.fileOffset(model.bytes.length - 1)).toBe(bytes.length - 1);
    }
  },
);

it("damage is told in the same words, with the same place", async () => {
  const good = goldenBytes("tf-hub/biggan-deep-pure-pack.pb.gz");
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(good.length), fc.boolean(), async (list, end, cut) => {
      const bytes = good.slice(0, cut ? end : good.length);
      for (const [at, value] of list) if (at < bytes.length) bytes[at] = value;
      const whole = outcome(() => described(parseSavedModel("f", bytes)));
      const { bytes: kept, contents } = await setContentsAside(memoryFile("f", bytes), {
        smallest: 4,
        windowBytes: 999,
      });
      expect(outcome(() => described(parseSavedModel("f", kept, contents)))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it.each([
  ["not negative", [0, -0, 1, 3e38]],
  ["finite", [0, 1, -1e-40]],
  ["not finite", [1, Number.NaN, -1]],
  ["not finite", [1, -1, Number.NEGATIVE_INFINITY]],
])("knows that numbers are %s", async (range, values) => {
  const content = await contentOf(constant("n", values));
  expect(content).toMatchObject({ range, byteLength: 4 * values.length });
  expect(content?.read()).toEqual(new Uint8Array(Float32Array.from(values).buffer));
});

it("leaves constants where they are that are written in any other way", async () => {
  const values = [1, 2, 3, 4];
  expect(await contentOf(constant("n", values))).toBeDefined();
  expect(await contentOf(constant("n".repeat(300), values))).toBeDefined();
  const integers = joined(varint(1 << 3), [3]);
  expect(await contentOf(constant("n", values, { type: integers }))).toBeUndefined();
  const second = field(5, joined(field(1, "value"), field(2, field(8, FLOAT))));
  expect(await contentOf(constant("n", values, { more: second }))).toBeUndefined();
  const turned = field(5, joined(field(2, field(8, FLOAT)), field(1, "value")));
  expect(await contentOf(constant("n", values, { more: turned }))).toBeUndefined();
});

it("constants that differ in their names and contents only have one template", async () => {
  const other = constant("d", [7, 8], { more: field(5, joined(field(1, "T"), field(2, ""))) });
  const bytes = savedModelOf(joined(constant("a", [1, 2]), constant("bc", [3, 4]), constant("d", [5, 6, 7]), other));
  const { bytes: kept, contents } = await setContentsAside(memoryFile("f", bytes), { smallest: 8 });
  const nodes = parseSavedModel("f", kept, contents).metaGraphs[0]?.graph.nodes;
  const [first, ...others] = [0, 1, 2, 3].map((position) => nodes?.contentAside(position)?.template);
  expect(first).toBeDefined();
  expect(others.map((template) => template === first)).toEqual([true, false, false]);
});

it("does not remember more templates than a graph of somebody who means no harm can have", async () => {
  const nodes = Array.from({ length: 3000 }, (_, each) =>
    constant("n", [1, 2], { more: field(7, `${each}`.padStart(4 + (each % 500))) }),
  );
  const bytes = savedModelOf(joined(...nodes));
  const { model, described: own } = await sparse(bytes, { smallest: 8 });
  expect(own).toEqual(described(parseSavedModel("f", bytes)));
  expect(bytes.length - model.bytes.length).toBe(1000 * 8);
});
