import type { GraphEdit } from "./graph-edit.js";
import {
  bypass,
  epsilonOutside,
  exchange,
  keepLastChannels,
  makeBilinear,
  moveRows,
  rawTwin,
  setConstant,
  transposeInput,
} from "./plant-fault.js";
import { attentionFaults } from "./planted-attention-faults.js";
import type { FaultSites, PlantedFault } from "./planted-fault.js";

type Plant = PlantedFault["plant"];
type More = Partial<Pick<PlantedFault, "layer" | "truncation">>;
type MakeFault = (name: string, kind: string, place: string, plant: Plant, more?: More) => PlantedFault;

/** Off the grid of both families, and not half-way between its points. */
const OFF_GRID = 0.375;

/** Faults that both families can have. */
export function commonFaults(sites: FaultSites): readonly PlantedFault[] {
  const { names, block: b, grown, square } = sites;
  const layer = `block${b}`;
  const at = (part: string) => `${names.block(b)}/${part}`;
  const variable = (part: string) => at(part).replace("Generator_1", "Generator");
  const norm = names.norm(b, 0);
  const everyNorm = [...sites.batchNorms.map(([block, index]) => names.norm(block, index)), names.lastNorm];
  const everyTable = sites.batchNorms.flatMap(([block, index]) => names.tables(block, index));
  const firstNorms = sites.batchNorms
    .filter(([block]) => block === 0)
    .map(([, index]) => `block0.bn${index}.batchNorm`)
    .join(", ");
  const fault: MakeFault = (name, kind, place, plant, more = {}) => {
    return { name, layer, kind, places: place.split(", "), plant, ...more };
  };
  const gainSum = (edit: GraphEdit, scope: string) => {
    const [, gain = ""] = edit.node(`${scope}/mul_1`).inputs;
    return edit.node(gain).inputs[0] ?? "";
  };
  return [
    fault(
      "raw weights everywhere instead of moving averages",
      "twin",
      sites.stemParameters,
      (edit) => {
        const variables = [...edit.names()].filter(
          (name) => name.endsWith(`/${names.ema}`) && edit.node(name).op === "VarHandleOp",
        );
        for (const name of variables) rawTwin(edit, name);
      },
      { layer: "stem" },
    ),
    fault("raw weight in one convolution", "twin", `${layer}.${square}.w`, (edit) =>
      rawTwin(edit, `${variable(square)}/w/${names.ema}`),
    ),
    fault("gain without +1, one batch norm", "gain-without-one", `${layer}.bn0.addScalar`, (edit) =>
      bypass(edit, gainSum(edit, norm), 1),
    ),
    fault(
      "last batch norm's gain with +1",
      "last-gain-plus-one",
      "final.batchNorm",
      (edit) => {
        const [, gain = ""] = edit.node(`${names.lastNorm}/mul_1`).inputs;
        edit.rewire(`${names.lastNorm}/mul_1`, 1, edit.add("AddV2", [gain, edit.constant("float32", [], [1])]));
      },
      { layer: "final" },
    ),
    fault("epsilon 1e-5, one batch norm", "epsilon-1e-5", `${layer}.bn0.batchNorm`, (edit) =>
      setConstant(edit, `${norm}/add/y`, 1e-5, `${norm}/add`),
    ),
    fault(
      "epsilon 1e-5, all batch norms",
      "epsilon-1e-5",
      firstNorms,
      (edit) => {
        for (const scope of everyNorm) setConstant(edit, `${scope}/add/y`, 1e-5, `${scope}/add`);
      },
      { layer: "block0" },
    ),
    fault("batch norm's epsilon outside the root", "epsilon-outside", `${layer}.bn0.batchNorm`, (edit) =>
      epsilonOutside(edit, `${norm}/add`, `${norm}/Rsqrt`),
    ),
    fault("spectral norm's epsilon outside the root", "sigma-epsilon-outside", `${layer}.${square}.w`, (edit) => {
      const scope = at(`${square}/SpectralNorm`);
      epsilonOutside(edit, `${scope}/add`, `${scope}/Rsqrt`);
      epsilonOutside(edit, `${scope}/add_1`, `${scope}/Rsqrt_1`);
    }),
    fault(
      "statistics one row above, everywhere",
      "row-above",
      firstNorms,
      (edit) => {
        for (const table of everyTable) moveRows(edit, table, (row, rows) => Math.min(row + 1, rows - 1));
      },
      { layer: "block0" },
    ),
    fault("statistics one row below, one batch norm", "row-below", `${layer}.bn1.batchNorm`, (edit) => {
      for (const table of names.tables(b, 1)) moveRows(edit, table, (row) => Math.max(row - 1, 0));
    }),
    fault(
      "statistics of truncation 1",
      "statistics-of-truncation-1",
      firstNorms,
      (edit) => {
        for (const table of everyTable) moveRows(edit, table, (_, rows) => rows - 1);
      },
      { layer: "block0" },
    ),
    fault(
      "weights of the two rows swapped",
      "weights-swapped",
      `${layer}.bn0.batchNorm`,
      (edit) => {
        for (const [below, above] of names.gathers(b, 0)) {
          const [low = "", high = ""] = [edit.node(below).inputs[1], edit.node(above).inputs[1]];
          edit.rewire(below, 1, high);
          edit.rewire(above, 1, low);
        }
      },
      { truncation: OFF_GRID },
    ),
    fault("means and variances swapped", "moments-swapped", `${layer}.bn0.batchNorm`, (edit) => {
      const [, mean = ""] = edit.node(`${norm}/sub`).inputs;
      const [variance = ""] = edit.node(`${norm}/add`).inputs;
      edit.rewire(`${norm}/sub`, 1, variance);
      edit.rewire(`${norm}/add`, 0, mean);
    }),
    fault("sigma not applied", "sigma-missing", `${layer}.${square}.w`, (edit) =>
      edit.rewire(at(`${square}/convolution`), 1, at(`${square}/SpectralNorm/Identity`)),
    ),
    fault("sigma applied twice", "sigma-twice", `${layer}.${square}.w`, (edit) => {
      const scope = at(`${square}/SpectralNorm`);
      const again = edit.add("RealDiv", [`${scope}/truediv`, `${scope}/Reshape_7`]);
      edit.rewire(at(`${square}/convolution`), 1, again);
    }),
    fault("sigma not applied in a projection of the condition", "sigma-missing", `${layer}.bn1.gain.w`, (edit) => {
      const scope = at(names.projections(1)[0]);
      edit.redirect(`${scope}/SpectralNorm/truediv`, `${scope}/SpectralNorm/Identity`);
    }),
    fault("kernel's height and width swapped", "kernel-hw-swapped", `${layer}.${square}.w`, (edit) =>
      transposeInput(edit, at(`${square}/convolution`), 1, [1, 0, 2, 3]),
    ),
    fault("kernel's inputs and outputs swapped", "kernel-in-out-swapped", `${layer}.${square}.w`, (edit) =>
      transposeInput(edit, at(`${square}/convolution`), 1, [0, 1, 3, 2]),
    ),
    fault("kernel turned by 180 degrees", "kernel-rotated", `${layer}.${square}.w`, (edit) => {
      const axes = edit.constant("int32", [2], [0, 1]);
      const [, kernel = ""] = edit.node(at(`${square}/convolution`)).inputs;
      edit.rewire(at(`${square}/convolution`), 1, edit.add("ReverseV2", [kernel, axes]));
    }),
    fault(
      "height and width swapped in the first reshape",
      "reshape-hw-swapped",
      "reshape",
      (edit) => {
        const { inputs } = edit.node("Generator_1/Reshape");
        const image = edit.add("Reshape", inputs);
        const order = edit.constant("int32", [4], [0, 2, 1, 3]);
        edit.change("Generator_1/Reshape", { op: "Transpose", inputs: [image, order] });
      },
      { layer: "stem" },
    ),
    fault(
      "channels first in the first reshape",
      "reshape-channels-first",
      "reshape",
      (edit) => {
        const [features = ""] = edit.node("Generator_1/Reshape").inputs;
        const shape = edit.constant("int32", [4], [-1, sites.stemChannels, 4, 4]);
        const order = edit.constant("int32", [4], [0, 2, 3, 1]);
        const image = edit.add("Reshape", [features, shape]);
        edit.change("Generator_1/Reshape", { op: "Transpose", inputs: [image, order] });
      },
      { layer: "stem" },
    ),
    fault("bilinear upsampling", "bilinear", `${layer}.upsample2x`, (edit) =>
      makeBilinear(edit, sites.upsamplings[0], sites.side, sites.channels),
    ),
    fault("zeros inserted in the skip path's upsampling", "zeros-inserted", `${layer}.upsample2x_1`, (edit) => {
      const [scope] = [sites.upsamplings[1]];
      const [x = "", , , , axis = ""] = edit.node(`${scope}/concat`).inputs;
      const zeros = edit.add("ZerosLike", [x]);
      edit.change(`${scope}/concat`, { inputs: [x, zeros, zeros, zeros, axis] });
    }),
    fault("upsampling after the convolution", "upsampled-after", `${layer}.upsample2x`, (edit) => {
      const [scope] = sites.upsamplings;
      const [x = "", , , , axis = ""] = edit.node(`${scope}/concat`).inputs;
      const sum = at(`${grown}/BiasAdd`);
      edit.rewire(at(`${grown}/convolution`), 0, x);
      const four = edit.add("ConcatV2", [sum, sum, sum, sum, axis], `${scope}/concat`);
      const enlarged = edit.add("DepthToSpace", [four], `${scope}/DepthToSpace`);
      edit.redirect(sum, enlarged, [four]);
    }),
    ...attentionFaults(sites),
    fault("relu missing", "relu-missing", `${layer}.relu`, (edit) => bypass(edit, sites.relu)),
    fault("bias of a convolution missing", "bias-missing", `${layer}.${square}.b`, (edit) =>
      bypass(edit, at(`${square}/BiasAdd`)),
    ),
    fault("skip path missing", "first-summand-only", `${layer}.add`, (edit) => bypass(edit, sites.sum)),
    fault("tanh missing", "tanh-missing", "tanh", (edit) => bypass(edit, "Generator_1/Tanh"), { layer: "image" }),
    fault(
      "red and blue swapped",
      "rgb-reversed",
      "tanh",
      (edit) => {
        const axis = edit.constant("int32", [1], [3]);
        edit.change("G_trunc_output", { op: "ReverseV2", inputs: ["Generator_1/Tanh", axis] });
      },
      { layer: "image" },
    ),
    fault(
      "z multiplied by the truncation once more",
      "z-times-truncation",
      "z",
      (edit) => {
        const product = edit.add("Mul", ["z", "truncation"]);
        edit.redirect("z", product, [product]);
      },
      { layer: "stem" },
    ),
  ];
}

/** Faults of BigGAN alone: z comes in chunks. */
export function bigGanFaults(): readonly PlantedFault[] {
  return [
    {
      name: "z and class swapped in the condition",
      layer: "block1",
      kind: "condition-swapped",
      places: ["concat_1"],
      plant: (edit) => exchange(edit, "Generator_1/concat_1"),
    },
    {
      name: "z chunk off by one",
      layer: "block1",
      kind: "chunk-next",
      places: ["slice_2"],
      plant: (edit) => edit.rewire("Generator_1/concat_1", 0, "Generator_1/split:3"),
    },
  ];
}

/** Faults of BigGAN-deep alone: outputs that are dropped, channels that are dropped. */
export function bigGanDeepFaults(): readonly PlantedFault[] {
  return [
    {
      name: "z and class swapped in the condition",
      layer: "stem",
      kind: "condition-swapped",
      places: ["concat"],
      plant: (edit) => exchange(edit, "Generator_1/concat"),
    },
    {
      name: "sigma computed after the slice",
      layer: "image",
      kind: "sigma-after-slice",
      places: ["rgb.w"],
      plant: (edit) => {
        const scope = "Generator_1/conv_to_rgb/SpectralNorm";
        const begin = edit.constant("int32", [2], [0, 0]);
        const size = edit.constant("int32", [2], [-1, 3]);
        for (const matrix of [`${scope}/Reshape`, `${scope}/Reshape_1`]) {
          edit.redirect(matrix, edit.add("Slice", [matrix, begin, size]));
        }
      },
    },
    {
      name: "last channels kept in the skip path",
      layer: "block1",
      kind: "last-channels",
      places: ["block1.slice"],
      plant: (edit) => keepLastChannels(edit, "Generator_1/strided_slice_1", 256, 128),
    },
  ];
}
