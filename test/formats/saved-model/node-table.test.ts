import fc from "fast-check";
import { expect, it } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { ancestorPositions } from "../../../src/formats/saved-model/ancestors.js";
import { createGraphIndex } from "../../../src/formats/saved-model/graph-index.js";
import { type NodeTable, tableOf } from "../../../src/formats/saved-model/node-table.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import { copyNode } from "../../helpers/copy-node.js";
import { goldenBytes } from "../../helpers/golden.js";
import { field, joined, nodeField, savedModelOf } from "../../helpers/wire.js";

function encodedTable(file: string, bytes: Uint8Array): NodeTable {
  const nodes = parseSavedModel(file, bytes).metaGraphs[0]?.graph.nodes;
  if (nodes === undefined) throw new Error(`${file}: no meta graph`);
  return nodes;
}

/** Every edge of every node, or what was said instead. */
function edges(nodes: NodeTable): unknown[] {
  try {
    const index = createGraphIndex("f", nodes);
    return Array.from(nodes, (node, position) => {
      const sources = Array.from({ length: index.dataCount(position) }, (_, input) =>
        index.dataSource(position, input),
      );
      const values = index.dataInputs(node).map((value) => ({ ...value, node: index.positionOf(value.node) }));
      return { name: node.name, op: nodes.op(position), sources, values, control: index.controlSources(position) };
    });
  } catch (error) {
    if (error instanceof FormatError) return [error.message];
    throw error;
  }
}

it.each(["biggan-nostats", "biggan-assign-pack", "biggan-deep-pure-pack"])(
  "%s: nodes that stay in the file have the edges of nodes that are objects",
  (name) => {
    const encoded = encodedTable("f", goldenBytes(`tf-hub/${name}.pb.gz`));
    const plain = tableOf([...encoded].map(copyNode));
    expect(edges(encoded)).toEqual(edges(plain));
    const all = (nodes: NodeTable) =>
      ancestorPositions(
        createGraphIndex("f", nodes),
        Array.from(nodes, (_, position) => position),
        { control: true },
      );
    expect(all(encoded)).toEqual(all(plain));
  },
);

it("any references, and names of any letters", () => {
  const name = fc.oneof(
    fc.constantFrom("a", "b/c", "é", "日本"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }),
  );
  const reference = fc
    .tuple(fc.constantFrom("", "^"), name, fc.constantFrom("", ":0", ":2", ":out:1", ":out"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.array(reference, { maxLength: 4 })), { maxLength: 12 }), (nodes) => {
      const bytes = savedModelOf(joined(...nodes.map(([own, inputs]) => nodeField(own, "Op", inputs))));
      const encoded = encodedTable("f", bytes);
      expect(edges(encoded)).toEqual(edges(tableOf([...encoded].map(copyNode))));
    }),
    { numRuns: 300 },
  );
});

it("an input that is no text is told with its place, when it is followed", () => {
  const bytes = savedModelOf(field(1, joined(field(1, "n"), field(3, Uint8Array.of(0xff, 0xfe)))));
  const index = createGraphIndex("g.pb", encodedTable("g.pb", bytes));
  expect(() => index.dataCount(0)).toThrow(/^g\.pb at byte \d+: node n: expected a well-formed protocol buffer/);
});
