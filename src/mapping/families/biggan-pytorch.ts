import { bigGanDeepPyTorch, bigGanDeepPyTorchFolded } from "../../../mappings/biggan-deep-pytorch.js";
import { bigGanPyTorch, bigGanPyTorchFolded } from "../../../mappings/biggan-pytorch.js";
import type { TensorSource } from "../../core/tensor-source.js";
import type { BigGanDeepRow } from "../../models/biggan-deep-generator.js";
import type { BigGanRow } from "../../models/biggan-generator.js";
import type { GeneratorConfig } from "../../models/generator.js";
import type { ConfigFile } from "../config-file.js";
import type { Mapping } from "../mapping.js";
import { type ChainedBlock, checkChain } from "./chain.js";
import { chooseEpsilon } from "./epsilon.js";
import { checkOwnConfig, sideAfter } from "./own-config.js";
import type { Inferred, SourceFamily } from "./source-family.js";
import { MAX_BLOCKS, type TensorShapes, tensorShapes } from "./tensor-shapes.js";

type Tensors = TensorSource["tensors"];

/** Both have a last convolution, which the discriminators have not; the bottleneck blocks of BigGANdeep.py have four convolutions. */
const isGenerator = (tensors: Tensors) =>
  tensors.has("output_layer.2.weight") && tensors.has("blocks.0.0.conv1.weight");
const isDeep = (tensors: Tensors) => tensors.has("blocks.0.0.conv4.weight");
const hasNorm = (tensors: Tensors) => [...tensors.keys()].some((name) => name.endsWith(".u0"));

const WITHOUT_NORM =
  "no singular vectors (….u0): the weights are taken as they are, trained without spectral norm or with it divided out";

/** What a batch norm's epsilon is when no config.json says it, and why. */
interface UsualEpsilon {
  readonly epsilon: number;
  readonly why: string;
}

const OWN_EPSILON: UsualEpsilon = { epsilon: 1e-5, why: "BigGAN-PyTorch's own" };

/** Weights under these names that BigGAN-PyTorch has not trained come from TF Hub's modules. */
const CONVERTED_EPSILON: UsualEpsilon = {
  epsilon: 1e-4,
  why: "that of TF Hub's modules, as no singular values (….sv0) tell of a training by BigGAN-PyTorch, whose own is 0.00001",
};

const family = (mapping: Mapping, deep: boolean, normed: boolean): SourceFamily => ({
  name: mapping.name,
  role: "generator",
  mapping,
  recognises: (tensors) => isGenerator(tensors) && isDeep(tensors) === deep && hasNorm(tensors) === normed,
  infer: (source, file, trained = true) => {
    const usual = trained || !normed ? OWN_EPSILON : CONVERTED_EPSILON;
    const { config, assumed } = infer(source, file, deep, usual);
    return { config, assumed: normed ? assumed : [...assumed, WITHOUT_NORM] };
  },
});

/** State dicts of the generators of ajbrock/BigGAN-PyTorch. */
export const bigGanPyTorchFamilies: readonly SourceFamily[] = [
  family(bigGanPyTorch, false, true),
  family(bigGanPyTorchFolded, false, false),
  family(bigGanDeepPyTorch, true, true),
  family(bigGanDeepPyTorchFolded, true, false),
];

function infer(source: TensorSource, file: ConfigFile | undefined, deep: boolean, usual: UsualEpsilon): Inferred {
  const shapes = tensorShapes(source);
  if (!shapes.has("shared.weight")) {
    throw shapes.refuse(
      "shared.weight: expected the embedding that all batch norms share, found no such tensor",
      "Generators trained without G_shared condition each batch norm by an embedding of its own, which is not supported.",
    );
  }
  const [classes, embedding] = shapes.matrix("shared.weight");
  const [stemUnits, stemIn] = shapes.matrix("linear.weight");
  const blocks: ChainedBlock[] = [];
  for (let b = 0; b < MAX_BLOCKS && shapes.has(`blocks.${b}.0.conv1.weight`); b++) {
    const [, from] = shapes.filter(`blocks.${b}.0.conv1.weight`);
    const [to] = shapes.filter(`blocks.${b}.0.conv${deep ? 4 : 2}.weight`);
    blocks.push({ name: `blocks.${b}.0.conv1`, in: from, out: to });
  }
  checkChain(shapes, "linear.weight", stemUnits, blocks);
  // BigGAN.py gives the stem one chunk of z, BigGANdeep.py the whole condition.
  const z = deep ? stemIn - embedding : stemIn;
  const [, condition] = shapes.matrix("blocks.0.0.bn1.gain.weight");
  if (condition !== embedding + z || z <= 0) {
    throw shapes.refuse(
      `blocks.0.0.bn1.gain.weight: expected ${embedding + z} inputs, the embedding and ${z} of z, found ${condition}`,
      "Generators trained without hier, whose blocks see no z, are not supported.",
    );
  }
  const enlarging = deep ? Math.floor(blocks.length / 2) : blocks.length;
  checkOwnConfig(shapes, file, { classes, resolution: sideAfter(enlarging) });
  const { epsilon, assumed } = chooseEpsilon(file, "BN_eps", usual.epsilon, usual.why);
  const common = { classes, embedding, truncationGrid: [1], epsilon };
  const place = attentionPlace(shapes, blocks.length);
  const config: GeneratorConfig = deep
    ? {
        family: "biggan-deep",
        rows: placed(blocks.map(deepRow), place),
        zDim: z,
        rgbChannels: shapes.filter("output_layer.2.weight")[0],
        ...common,
      }
    : { family: "biggan", rows: placed(blocks.map(row), place), zChunk: z, ...common };
  const depth = deep ? ["upsampling: in every second block (G_depth 2), as BigGANdeep.py has it"] : [];
  return { config, assumed: [...assumed, ...depth, "statistics: one set, for every truncation"] };
}

const row = (block: ChainedBlock): BigGanRow => ({ block: "up", in: block.in, out: block.out });

const deepRow = (block: ChainedBlock, index: number): BigGanDeepRow => ({
  block: index % 2 === 1 ? "up" : "same",
  in: block.in,
  out: block.out,
});

/** It has the same number as the block before it. */
function attentionPlace(shapes: TensorShapes, blocks: number): number {
  const places = Array.from({ length: blocks }, (_, b) => b).filter((b) => shapes.has(`blocks.${b}.1.theta.weight`));
  const [place, ...others] = places;
  if (place !== undefined && others.length === 0) return place + 1;
  const found = places.length === 0 ? "none" : `${places.length} (after blocks ${places.join(", ")})`;
  throw shapes.refuse(
    `blocks: expected one attention (blocks.N.1.theta.weight), found ${found}`,
    "Generators with any other number of attention blocks (G_attn) are not supported.",
  );
}

function placed<Row>(rows: readonly Row[], place: number): readonly (Row | { readonly block: "attention" })[] {
  return [...rows.slice(0, place), { block: "attention" }, ...rows.slice(place)];
}
