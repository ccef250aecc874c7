import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import { constantTensor } from "../../../src/formats/saved-model/constant.js";
import { parseHubModule } from "../../../src/formats/saved-model/hub-module-def.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import { goldenBytes } from "../../helpers/golden.js";
import { field, joined, nodeField, savedModelOf, varint } from "../../helpers/wire.js";

describe("parseSavedModel", () => {
  it("reads tags, signatures, nodes and functions as TensorFlow wrote them", () => {
    const model = parseSavedModel("constants.pb", goldenBytes("saved-model/constants.pb"));
    const [metaGraph] = model.metaGraphs;
    expect(metaGraph?.tags).toEqual(["serve"]);
    expect(metaGraph?.tensorflowVersion).toBe("2.15.1");
    expect(metaGraph?.signatures.get("default")).toEqual({
      inputs: { x: { name: "x:0", dtype: "float32", shape: [-1, 4] } },
      outputs: { out: { name: "float32-content:0", dtype: "float32", shape: undefined } },
    });
    expect(metaGraph?.graph.nodes).toHaveLength(13 * 6 + 2);
    expect([...(metaGraph?.graph.nodes ?? [])].at(-1)).toMatchObject({
      name: "attributes",
      op: "Placeholder",
      inputs: ["float32-content", "^text"],
    });
    const branch = metaGraph?.graph.functions.get("branch");
    expect(branch).toMatchObject({ name: "branch", inputs: ["x"], outputs: ["y"], results: { y: "twice:z:0" } });
    expect([...(branch?.nodes ?? [])]).toMatchObject([{ name: "twice", op: "AddV2", inputs: ["x", "x"] }]);
  });

  it("reads a real module's empty tag set", () => {
    const { metaGraphs } = parseSavedModel("saved_model.pb", goldenBytes("tf-hub/biggan-nostats.pb.gz"));
    expect(metaGraphs).toHaveLength(1);
    expect(metaGraphs[0]?.tags).toEqual([]);
    expect(metaGraphs[0]?.signatures.get("default")?.outputs).toEqual({
      default: { name: "G_trunc_output:0", dtype: "float32", shape: [-1, 16, 16, 3] },
    });
  });

  it("keeps constants where they are in the file", () => {
    const bytes = goldenBytes("saved-model/constants.pb");
    const { metaGraphs } = parseSavedModel("constants.pb", bytes);
    for (const node of metaGraphs[0]?.graph.nodes ?? []) expect(node.encoded.buffer).toBe(bytes.buffer);
  });

  it("says where a truncated file ends", () => {
    const bytes = goldenBytes("saved-model/constants.pb").subarray(0, 4000);
    expect(() => parseSavedModel("cut.pb", bytes)).toThrow(
      "cut.pb at byte 5: saved model: expected a well-formed protocol buffer, found a length beyond the end",
    );
  });

  it("refuses a length beyond the end of its message", () => {
    const bytes = savedModelOf(field(1, "abc", 100));
    expect(() => parseSavedModel("long.pb", bytes)).toThrow(/^long\.pb at byte \d+: node: expected a well-formed/);
  });

  it("refuses groups nested without end", () => {
    const group = new Uint8Array(100_000).fill(0x5b);
    expect(() => parseSavedModel("deep.pb", group)).toThrow(/deep\.pb at byte \d+: saved model: .*max depth exceeded/);
  });

  it("refuses more nodes than any graph has, before making them", () => {
    const nodes = new Uint8Array(2 * (2 ** 20 + 1));
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = 0x0a;
    const header = (size: number) => [0x12, ...varint(size)];
    const graph = header(nodes.length);
    const bytes = new Uint8Array([...header(nodes.length + graph.length), ...graph, ...new Uint8Array(nodes.length)]);
    bytes.set(nodes, bytes.length - nodes.length);
    expect(() => parseSavedModel("many.pb", bytes)).toThrow(
      "many.pb: node: expected at most 1048576 of them in one file, found more",
    );
  });

  it("refuses a large signature, which would grow in decoding", () => {
    const entry = joined(field(1, "x"), field(2, new Uint8Array(2 ** 20 + 1)));
    expect(() => parseSavedModel("big.pb", field(2, field(5, entry)))).toThrow(
      "big.pb: signature x: expected at most 1048576 bytes, found 1048577 bytes",
    );
  });

  it("gives a model or a FormatError for any damage", () => {
    const good = goldenBytes("saved-model/constants.pb");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(good.length),
        fc.boolean(),
        (changes, end, cut) => {
          const bytes = good.slice(0, cut ? end : good.length);
          for (const [at, value] of changes) bytes[at % Math.max(1, bytes.length)] = value;
          try {
            for (const { graph } of parseSavedModel("f", bytes).metaGraphs) {
              for (const node of graph.nodes) if (node.op === "Const") constantTensor("f", node);
            }
          } catch (error) {
            if (!isPortError(error)) throw error;
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("reads names like __proto__ as names", () => {
    const { metaGraphs } = parseSavedModel(
      "names.pb",
      savedModelOf(nodeField("__proto__", "constructor", ["toString"])),
    );
    expect(metaGraphs[0]?.graph.nodes.at(0)).toMatchObject({
      name: "__proto__",
      op: "constructor",
      inputs: ["toString"],
    });
  });

  it("gives every node's inputs in their order, between whatever fields", () => {
    const other = fc.constant(field(5, "an attribute"));
    const input = fc.string({ unit: "binary" }).map((name) => ({ name, bytes: field(3, name) }));
    fc.assert(
      fc.property(fc.array(fc.oneof(input, other), { maxLength: 8 }), (fields) => {
        const inputs = fields.flatMap((each) => ("name" in each ? each.name : []));
        const node = field(1, joined(...fields.map((each) => ("name" in each ? each.bytes : each)), field(1, "n")));
        const { metaGraphs } = parseSavedModel("inputs.pb", savedModelOf(node));
        expect(metaGraphs[0]?.graph.nodes.at(0)).toMatchObject({ name: "n", inputs });
      }),
    );
  });

  it("refuses an input that is no text, when it is asked for", () => {
    const node = field(1, joined(field(1, "n"), field(3, Uint8Array.of(0xff))));
    const { metaGraphs } = parseSavedModel("inputs.pb", savedModelOf(node));
    expect(() => metaGraphs[0]?.graph.nodes.at(0)?.inputs).toThrow(/^inputs\.pb at byte \d+: node n: /);
  });
});

describe("parseHubModule", () => {
  it("knows format 3, which all released modules have", () => {
    expect(parseHubModule("tfhub_module.pb", Uint8Array.of(0x08, 3))).toEqual({
      format: 3,
      requiredFeatures: [],
      warning: undefined,
    });
  });

  it("warns of anything else", () => {
    const bytes = joined([0x08, 4], field(2, "attachments"));
    expect(parseHubModule("tfhub_module.pb", bytes).warning).toBe(
      "tfhub_module.pb: module format 4 instead of 3, required features attachments: it may hold more than is read here",
    );
  });

  it("refuses what is no protocol buffer", () => {
    expect(() => parseHubModule("tfhub_module.pb", Uint8Array.of(0x0f))).toThrow(/^tfhub_module\.pb at byte/);
  });
});
