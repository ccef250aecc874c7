import {
  bigGanDeepPyTorchDiscriminator,
  bigGanDeepPyTorchDiscriminatorFolded,
} from "../../../mappings/biggan-deep-pytorch-discriminator.js";
import {
  bigGanPyTorchDiscriminator,
  bigGanPyTorchDiscriminatorFolded,
} from "../../../mappings/biggan-pytorch-discriminator.js";
import type { TensorSource } from "../../core/tensor-source.js";
import type { Mapping } from "../mapping.js";
import { type DiscriminatorBlock, readBlocks } from "./discriminator-blocks.js";
import type { Inferred, SourceFamily } from "./source-family.js";
import { type TensorShapes, tensorShapes } from "./tensor-shapes.js";

type Tensors = TensorSource["tensors"];

/** Both end in a linear layer to one number and an embedding of the classes; the generators' embedding is called `shared`. */
const isDiscriminator = (tensors: Tensors) =>
  tensors.has("embed.weight") && tensors.has("linear.weight") && tensors.has("blocks.0.0.conv1.weight");
const isDeep = (tensors: Tensors) => tensors.has("input_conv.weight");
const hasNorm = (tensors: Tensors) => [...tensors.keys()].some((name) => name.endsWith(".u0"));

const WITHOUT_NORM =
  "no singular vectors (….u0): the weights are taken as they are, with the spectral norm divided out";

/** Pictures of 4096 x 4096; the largest published has 7. */
const MAX_HALVINGS = 10;

const family = (mapping: Mapping, deep: boolean, normed: boolean): SourceFamily => ({
  name: mapping.name,
  role: "discriminator",
  mapping,
  recognises: (tensors) => isDiscriminator(tensors) && isDeep(tensors) === deep && hasNorm(tensors) === normed,
  infer(source) {
    const { config, assumed } = deep ? inferDeep(tensorShapes(source)) : inferPlain(tensorShapes(source));
    return { config, assumed: normed ? assumed : [...assumed, WITHOUT_NORM] };
  },
});

/** State dicts of the discriminators of ajbrock/BigGAN-PyTorch. */
export const bigGanPyTorchDiscriminatorFamilies: readonly SourceFamily[] = [
  family(bigGanPyTorchDiscriminator, false, true),
  family(bigGanPyTorchDiscriminatorFolded, false, false),
  family(bigGanDeepPyTorchDiscriminator, true, true),
  family(bigGanDeepPyTorchDiscriminatorFolded, true, false),
];

/**
 * One block a stage; one that halves the image has a convolution in its shortcut. The last image is 4 x 4, but that of the discriminators for 32 x 32,
 * which halve it twice, 8 x 8.
 */
function inferPlain(shapes: TensorShapes): Inferred {
  const { stages, attention } = readBlocks(shapes, { depth: 1, last: "conv2", from: 3 });
  const rows = stages.map((block) => ({ block: shrinks(block.shortcut), in: block.in, out: block.out }));
  const halvings = rows.filter(({ block }) => block === "down").length;
  const resolution = resolutionOf(shapes, halvings === 2 ? 8 : 4, halvings);
  const classes = checkHead(shapes, stages);
  return {
    config: { family: "biggan-discriminator", rows: placed(rows, attention), classes, resolution },
    assumed: [`pictures of ${resolution} x ${resolution}: what BigGAN.py has with so many halving blocks`],
  };
}

/** Two blocks a stage, of which the first halves the image; only the last stage of the one for 32 x 32, whose channels never change, does not. */
function inferDeep(shapes: TensorShapes): Inferred {
  const [ch, rgb] = shapes.filter("input_conv.weight");
  if (rgb !== 3) throw shapes.refuse(`input_conv.weight: expected 3 input channels, found ${rgb}`);
  const { stages, attention } = readBlocks(shapes, { depth: 2, last: "conv4", from: ch });
  const constant = stages.length === 3 && stages.every((stage) => stage.in === ch && stage.out === ch);
  const rows = stages.map((stage, index) => ({
    block: shrinks(!(constant && index === 2)),
    in: stage.in,
    out: stage.out,
  }));
  const resolution = resolutionOf(shapes, constant ? 8 : 4, constant ? 2 : stages.length);
  const classes = checkHead(shapes, stages);
  return {
    config: { family: "biggan-deep-discriminator", rows: placed(rows, attention), classes, resolution },
    assumed: [`pictures of ${resolution} x ${resolution}: what BigGANdeep.py has with so many stages`],
  };
}

/** Halved so many times, pictures of this side end as images of `last` x `last`. */
function resolutionOf(shapes: TensorShapes, last: number, halvings: number): number {
  if (halvings <= MAX_HALVINGS) return last * 2 ** halvings;
  throw shapes.refuse(`blocks: expected at most ${MAX_HALVINGS} that halve the image, found ${halvings}`);
}

const shrinks = (halves: boolean): "down" | "same" => (halves ? "down" : "same");

/** Gives the number of classes. */
function checkHead(shapes: TensorShapes, stages: readonly DiscriminatorBlock[]): number {
  const channels = stages.at(-1)?.out ?? 0;
  const [outputs, features] = shapes.matrix("linear.weight");
  const [classes, width] = shapes.matrix("embed.weight");
  if (outputs !== 1) throw shapes.refuse(`linear.weight: expected 1 output, found ${outputs} (output_dim)`);
  for (const [name, found] of [
    ["linear.weight", features],
    ["embed.weight", width],
  ] as const) {
    if (found !== channels)
      throw shapes.refuse(`${name}: expected ${channels} columns, as the last block gives, found ${found}`);
  }
  return classes;
}

function placed<Row>(
  rows: readonly Row[],
  after: number | undefined,
): readonly (Row | { readonly block: "attention" })[] {
  if (after === undefined) return rows;
  return [...rows.slice(0, after + 1), { block: "attention" }, ...rows.slice(after + 1)];
}
