import { describe, expect, it } from "vitest";
import { ancestors } from "../../../src/formats/saved-model/ancestors.js";
import { consumersAmong, createGraphIndex, functionIndex } from "../../../src/formats/saved-model/graph-index.js";
import { parseInput } from "../../../src/formats/saved-model/input-reference.js";
import { tableOf } from "../../../src/formats/saved-model/node-table.js";
import type { NodeDef } from "../../../src/formats/saved-model/types.js";

function node(name: string, inputs: readonly string[] = [], op = "Identity"): NodeDef {
  return { name, op, inputs, encoded: new Uint8Array() };
}

const names = (nodes: Iterable<NodeDef>) => Array.from(nodes, ({ name }) => name);

describe("parseInput", () => {
  it.each([
    ["node", { node: "node", output: 0, outputName: undefined, control: false }],
    ["a/b:2", { node: "a/b", output: 2, outputName: undefined, control: false }],
    ["^a/b", { node: "a/b", output: 0, outputName: undefined, control: true }],
    ["node:out:1", { node: "node", output: 1, outputName: "out", control: false }],
    ["", { node: "", output: 0, outputName: undefined, control: false }],
  ])("%s", (text, expected) => expect(parseInput(text)).toEqual(expected));
});

describe("createGraphIndex", () => {
  const nodes = [node("c", ["a:1", "^b", "b"]), node("a"), node("b", ["a", "a"])];
  const index = createGraphIndex("f", tableOf(nodes));

  it("gives a node's inputs and users", () => {
    const c = index.value("c:0", "a test").node;
    expect(index.dataInputs(c).map(({ node: from, output }) => [from.name, output])).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
    expect(names(index.controlInputs(c))).toEqual(["b"]);
    const users = consumersAmong(index, [0, 1, 2]).get(index.positionOf(index.value("a", "a test").node));
    expect(users?.map((position) => nodes[position]?.name)).toEqual(["c", "b"]);
  });

  it("refuses two nodes of one name and edges from nowhere", () => {
    expect(() => createGraphIndex("f", tableOf([node("a"), node("a")]))).toThrow(
      "f: node a: expected one of that name, found two",
    );
    const lost = createGraphIndex("f", tableOf([node("a", ["x:1"])]));
    expect(() => lost.dataInputs(lost.value("a", "a test").node)).toThrow(
      "f: input x:1 of node a: expected a node named x, found none",
    );
  });

  it("gives a function's arguments nodes", () => {
    const body = functionIndex("f", {
      name: "g",
      inputs: ["x"],
      outputs: [],
      results: {},
      nodes: tableOf([node("y", ["x"])]),
    });
    expect(body.dataInputs(body.value("y", "a test").node)[0]?.node).toMatchObject({ name: "x", op: "_Arg" });
  });
});

describe("ancestors", () => {
  const order = (nodes: readonly NodeDef[], output: string, control = false) => {
    const index = createGraphIndex("f", tableOf(nodes));
    return names(ancestors(index, [index.value(output, "a test").node], { control }));
  };

  it("puts every node after its inputs, earlier inputs first", () => {
    const nodes = [node("out", ["b", "a"]), node("a", ["x"]), node("b", ["x"]), node("x"), node("unused", ["out"])];
    expect(order(nodes, "out")).toEqual(["x", "b", "a", "out"]);
  });

  it("follows control inputs when asked to", () => {
    const nodes = [node("out", ["a", "^c"]), node("a"), node("c")];
    expect(order(nodes, "out")).toEqual(["a", "out"]);
    expect(order(nodes, "out", true)).toEqual(["a", "c", "out"]);
  });

  it("refuses a cycle, but not a loop", () => {
    expect(() => order([node("a", ["b"]), node("b", ["a"])], "a")).toThrow(
      "f: node b: expected inputs that do not depend on it, found a cycle through a",
    );
    const loop = [node("m", ["x", "n"], "Merge"), node("x"), node("n", ["m"], "NextIteration")];
    expect(order(loop, "n")).toEqual(["x", "m", "n"]);
  });

  it("goes through chains longer than the call stack", () => {
    const chain = Array.from({ length: 200_000 }, (_, i) => node(`n${i}`, i === 0 ? [] : [`n${i - 1}`]));
    expect(order(chain, "n199999")).toHaveLength(200_000);
  });
});
