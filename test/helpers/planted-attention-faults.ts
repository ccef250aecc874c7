import type { GraphEdit } from "./graph-edit.js";
import { bypass } from "./plant-fault.js";
import type { FaultSites, PlantedFault } from "./planted-fault.js";

/** Faults of the attention block. */
export function attentionFaults(sites: FaultSites): readonly PlantedFault[] {
  const fault = (name: string, kind: string, place: string, plant: PlantedFault["plant"]): PlantedFault => {
    return { name, layer: "attention", kind, places: place.split(", "), plant };
  };
  return [
    fault("softmax over the wrong axis", "softmax-axis", "attention.attend", (edit) => {
      const order = edit.constant("int32", [3], [0, 2, 1]);
      const turned = edit.add("Transpose", [edit.node("Generator_1/Softmax").inputs[0] ?? "", order]);
      const shares = edit.add("Softmax", [turned]);
      edit.change("Generator_1/Softmax", { op: "Transpose", inputs: [shares, order] });
    }),
    fault("logits divided by the root of their depth", "logits-scaled", "attention.attend", (edit) => {
      const [, depth = 1] = sites.sequences[0] ?? [];
      const root = edit.add("Sqrt", [edit.constant("float32", [], [depth])]);
      const [logits = ""] = edit.node("Generator_1/Softmax").inputs;
      edit.rewire("Generator_1/Softmax", 0, edit.add("RealDiv", [logits, root]));
    }),
    fault("phi not pooled (every second pixel)", "strided", "attention.phi", (edit) =>
      takeEverySecond(edit, "Generator_1/MaxPool2d"),
    ),
    fault("g not pooled (every second pixel)", "strided", "attention.g", (edit) =>
      takeEverySecond(edit, "Generator_1/MaxPool2d_1"),
    ),
    fault("neither phi nor g pooled", "not-pooled", "attention.phi, attention.g", (edit) => {
      bypass(edit, "Generator_1/MaxPool2d");
      bypass(edit, "Generator_1/MaxPool2d_1");
      for (const [node, channels] of sites.sequences) {
        edit.rewire(node, 1, edit.constant("int32", [3], [-1, sites.attentionPixels, channels]));
      }
    }),
    fault("phi pooled by its average", "average-pooled", "attention.phi", (edit) =>
      edit.change("Generator_1/MaxPool2d", { op: "AvgPool" }),
    ),
    fault("attention's gamma dropped", "gamma-missing", "attention.scale", (edit) =>
      bypass(edit, "Generator_1/mul", 1),
    ),
    fault(
      "filters of queries and keys exchanged",
      "theta-phi-exchanged",
      "attention.theta.w, attention.phi.w",
      (edit) => {
        const weights = ["theta", "phi"].map((name) => `Generator_1/attention/${name}/SpectralNorm/truediv`);
        const [theta = "", phi = ""] = weights;
        edit.rewire("Generator_1/attention/theta/convolution", 1, phi);
        edit.rewire("Generator_1/attention/phi/convolution", 1, theta);
      },
    ),
    fault("attention left out", "attention-missing", "attention.add", (edit) => bypass(edit, sites.attentionSum, 1)),
  ];
}

/** A pooling becomes a strided slice. */
function takeEverySecond(edit: GraphEdit, node: string): void {
  const [x = ""] = edit.node(node).inputs;
  const begin = edit.constant("int32", [4], [0, 0, 0, 0]);
  const strides = edit.constant("int32", [4], [1, 2, 2, 1]);
  edit.change(node, { op: "StridedSlice", inputs: [x, begin, edit.add("Shape", [x]), strides] });
}
