import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as attributes from "../../../src/formats/saved-model/attributes.js";
import { constantTensor } from "../../../src/formats/saved-model/constant.js";
import { createGraphIndex } from "../../../src/formats/saved-model/graph-index.js";
import { tableOf } from "../../../src/formats/saved-model/node-table.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import type { NodeDef } from "../../../src/formats/saved-model/types.js";
import { golden, goldenBytes } from "../../helpers/golden.js";
import { field, joined, varint } from "../../helpers/wire.js";

const FILE = "constants.pb";
const { metaGraphs } = parseSavedModel(FILE, goldenBytes("saved-model/constants.pb"));
const index = createGraphIndex(FILE, metaGraphs[0]?.graph.nodes ?? tableOf([]));

function node(name: string): NodeDef {
  return index.value(name, "a test").node;
}

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const expected: Record<string, Expected> = JSON.parse(readFileSync(golden("saved-model/constants.json"), "utf8"));

/** A Const node with this TensorProto. */
function constant(...tensor: readonly Iterable<number>[]): NodeDef {
  const value = field(8, joined(...tensor));
  return { name: "c", op: "Const", inputs: [], encoded: field(5, joined(field(1, "value"), field(2, value))) };
}

function shape(...extents: readonly number[]): Uint8Array {
  return field(2, joined(...extents.map((extent) => field(2, [0x08, ...varint(extent)]))));
}

const FLOAT32 = [0x08, 1];

describe("constantTensor", () => {
  it.each(Object.entries(expected))("reads %s as TensorFlow does", (name, { dtype, shape, values }) => {
    const tensor = constantTensor(FILE, node(name));
    expect({ dtype: tensor.dtype, shape: tensor.shape }).toEqual({ dtype, shape });
    expect(Array.from(tensor.data)).toEqual(values);
    const narrow = dtype === "float32" || dtype === "float16" || dtype === "bfloat16";
    expect(tensor.data).toBeInstanceOf(narrow ? Float32Array : Float64Array);
  });

  it("gives a copy: writing into it leaves the file as it is", () => {
    constantTensor(FILE, node("float32-content")).data.fill(7);
    expect(constantTensor(FILE, node("float32-content")).data[0]).toBe(1.5);
  });

  it("refuses text, and nodes without a value", () => {
    expect(() => constantTensor(FILE, node("text"))).toThrow(
      "constants.pb: constant text: expected a tensor of numbers, found string",
    );
    expect(() => constantTensor(FILE, node("attributes"))).toThrow(
      "constants.pb: constant attributes: expected a tensor, found a Placeholder without one",
    );
  });

  it("refuses a claimed size before taking memory for it", () => {
    const bytes = constant(FLOAT32, shape(1 << 20, 1 << 20), field(5, [0, 0, 0, 0]));
    expect(() => constantTensor("f", bytes)).toThrow(
      "f: constant c: expected a shape of at most 16777216 elements, found [1048576, 1048576]",
    );
  });

  it("refuses content and values of another number than the shape's", () => {
    expect(() => constantTensor("f", constant(FLOAT32, shape(3), field(4, new Uint8Array(8))))).toThrow(
      "f: constant c: expected 12 bytes (3 x float32), found 8 bytes",
    );
    expect(() => constantTensor("f", constant(FLOAT32, shape(1), field(5, new Uint8Array(8))))).toThrow(
      "f: constant c: expected 1 values, found 2",
    );
  });

  it("refuses long lists of single values, which grow in decoding", () => {
    const bytes = constant([0x08, 9], shape(1), field(10, new Uint8Array(5 << 20)));
    expect(() => constantTensor("f", bytes)).toThrow(/at most 4194304 bytes of single values, found 52428\d\d bytes/);
  });
});

describe("attributes", () => {
  const at = node("attributes");

  it("reads each kind", () => {
    expect(attributes.intAttribute(FILE, at, "int")).toBe(-5);
    expect(attributes.floatAttribute(FILE, at, "float")).toBe(Math.fround(1e-4));
    expect(attributes.boolAttribute(FILE, at, "bool")).toBe(true);
    expect(attributes.stringAttribute(FILE, at, "string")).toBe("SAME é");
    expect(attributes.typeAttribute(FILE, at, "type")).toBe("float32");
    expect(attributes.shapeAttribute(FILE, at, "shape")).toEqual([-1, 32]);
    expect(attributes.shapeAttribute(FILE, at, "unknown")).toBeUndefined();
    expect(attributes.functionAttribute(FILE, at, "func")).toBe("branch");
    expect(attributes.intsAttribute(FILE, at, "ints")).toEqual([1, 2, -2, 1]);
    expect(attributes.shapesAttribute(FILE, at, "shapes")).toEqual([[3], undefined]);
  });

  it("gives undefined for one that is left out", () => {
    expect(attributes.intAttribute(FILE, at, "toString")).toBeUndefined();
  });

  it("refuses another kind, and integers that are not exact", () => {
    expect(() => attributes.intAttribute(FILE, at, "func")).toThrow(
      "constants.pb: node attributes, attribute func: expected i, found func",
    );
    expect(() => attributes.intAttribute(FILE, at, "huge")).toThrow(
      "constants.pb: node attributes, attribute huge: expected an integer of at most 53 bits, found 1152921504606846976",
    );
  });
});
