import { huggingFaceBigGanDeep, huggingFaceBigGanDeepFolded } from "../../../mappings/huggingface-biggan-deep.js";
import type { TensorSource } from "../../core/tensor-source.js";
import type { BigGanDeepRow } from "../../models/biggan-deep-generator.js";
import { standardTruncationGrid } from "../../models/generator.js";
import type { ConfigFile } from "../config-file.js";
import type { Mapping } from "../mapping.js";
import { checkChain } from "./chain.js";
import { chooseEpsilon } from "./epsilon.js";
import { ANOTHERS, checkOwnConfig, sideAfter } from "./own-config.js";
import type { Inferred, SourceFamily } from "./source-family.js";
import { MAX_BLOCKS, type TensorShapes, tensorShapes } from "./tensor-shapes.js";

const STEM = "generator.gen_z";
/** Where a weight can stand: before the norm, by hook or by parametrization, or after it. */
const WEIGHTS = ["weight_orig", "parametrizations.weight.original", "weight"];

const family = (mapping: Mapping, weights: readonly string[]): SourceFamily => ({
  name: mapping.name,
  role: "generator",
  mapping,
  recognises: (tensors) => weights.some((weight) => tensors.has(`${STEM}.${weight}`)),
  infer,
});

/** State dicts of pytorch-pretrained-BigGAN. */
export const huggingFaceFamilies: readonly SourceFamily[] = [
  family(huggingFaceBigGanDeep, WEIGHTS.slice(0, 2)),
  family(huggingFaceBigGanDeepFolded, WEIGHTS.slice(2)),
];

function infer(source: TensorSource, file: ConfigFile | undefined): Inferred {
  const shapes = tensorShapes(source);
  const weight = (layer: string) =>
    WEIGHTS.map((name) => `${layer}.${name}`).find((name) => shapes.has(name)) ?? `${layer}.weight`;
  const [embedding, classes] = shapes.matrix("embeddings.weight");
  const [stemUnits, condition] = shapes.matrix(weight(STEM));

  const blocks: { readonly name: string; readonly in: number; readonly out: number }[] = [];
  const attentions: number[] = [];
  for (let layer = 0; layer < MAX_BLOCKS; layer++) {
    const name = `generator.layers.${layer}`;
    if (shapes.has(`${name}.gamma`)) attentions.push(layer);
    else if (!shapes.has(weight(`${name}.conv_0`))) break;
    else {
      const [, from] = shapes.filter(weight(`${name}.conv_0`));
      const [to] = shapes.filter(weight(`${name}.conv_3`));
      blocks.push({ name: `${name}.conv_0`, in: from, out: to });
    }
  }
  checkChain(shapes, STEM, stemUnits, blocks);
  const [attention] = attentions;
  if (attention === undefined || attentions.length > 1) {
    throw shapes.refuse(`generator.layers: expected one attention (….gamma), found ${attentions.length}`);
  }

  const upsampling = upsamplingOf(shapes, blocks, file);
  const rows = blocks.map((block, index): BigGanDeepRow => {
    return { block: upsampling.enlarges[index] === true ? "up" : "same", in: block.in, out: block.out };
  });
  rows.splice(attention, 0, { block: "attention" });
  const resolution = sideAfter(rows.filter(({ block }) => block === "up").length);
  checkOwnConfig(shapes, file, { classes, resolution });
  const [rgbChannels] = shapes.filter(weight("generator.conv_to_rgb"));
  const [statistics] = shapes.matrix("generator.bn.running_means");
  const { epsilon, assumed } = chooseEpsilon(file, "eps", 1e-4, "the one of pytorch-pretrained-BigGAN");
  return {
    config: {
      family: "biggan-deep",
      rows,
      classes,
      embedding,
      zDim: condition - embedding,
      rgbChannels,
      truncationGrid: truncationGrid(shapes, statistics),
      epsilon,
    },
    assumed: [...assumed, ...upsampling.assumed],
  };
}

/** `layers` of the configuration says it; else every second block, not the first. */
function upsamplingOf(
  shapes: TensorShapes,
  blocks: readonly { readonly in: number; readonly out: number }[],
  file: ConfigFile | undefined,
): { readonly enlarges: readonly boolean[]; readonly assumed: readonly string[] } {
  const layers = file?.values.layers;
  const [first] = layers ?? [];
  if (file === undefined || layers === undefined || first === undefined) {
    const enlarges = blocks.map((_, index) => index % 2 === 1);
    return { enlarges, assumed: ["upsampling: in every second block, as in the published sizes"] };
  }
  const width = file.values.channel_width ?? (blocks[0]?.in ?? 0) / first[1];
  const said = layers.map(([, from, to]) => [from * width, to * width].join(" to "));
  const found = blocks.map((block) => `${block.in} to ${block.out}`);
  if (said.join() !== found.join()) {
    throw shapes.refuse(
      `${file.file}: layers: expected those of the weights (channels ${found.join(", ")}), found ${said.join(", ")}`,
      ANOTHERS,
    );
  }
  return { enlarges: layers.map(([enlarges]) => enlarges), assumed: [] };
}

/** Its rows divide 0 … 1 evenly, whatever their number. */
function truncationGrid(shapes: TensorShapes, rows: number): readonly number[] {
  const standard = rows === 51 ? standardTruncationGrid(rows) : undefined;
  if (standard !== undefined) return standard;
  if (rows < 2) throw shapes.refuse(`generator.bn.running_means: expected at least 2 rows, found ${rows}`);
  return Array.from({ length: rows }, (_, row) => row / (rows - 1));
}
