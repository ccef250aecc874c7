import { MAX_BLOCKS, type TensorShapes } from "./tensor-shapes.js";

/** A stage of a discriminator of BigGAN-PyTorch as its filters have it. */
export interface DiscriminatorBlock {
  readonly in: number;
  readonly out: number;
  /** Whether the skip path of its first block has a convolution. */
  readonly shortcut: boolean;
}

export interface DiscriminatorBlocks {
  readonly stages: readonly DiscriminatorBlock[];
  /** The stage that ends in the attention, if any does. */
  readonly attention: number | undefined;
}

export interface BlockNames {
  /** Blocks a stage. */
  readonly depth: number;
  /** A block's last convolution. */
  readonly last: string;
  /** Channels that the first block takes. */
  readonly from: number;
}

/**
 * Reads `blocks.STAGE.BLOCK.conv1` … of all stages. Refuses blocks of which one does not take what the one before gives, stages of another
 * depth, and more than one attention.
 */
export function readBlocks(shapes: TensorShapes, { depth, last, from }: BlockNames): DiscriminatorBlocks {
  const stages: DiscriminatorBlock[] = [];
  const attentions: number[] = [];
  let channels = from;
  for (let stage = 0; stage < MAX_BLOCKS && shapes.has(`blocks.${stage}.0.conv1.weight`); stage++) {
    const before = channels;
    for (let block = 0; block < depth; block++) {
      const [, found] = shapes.filter(`blocks.${stage}.${block}.conv1.weight`);
      if (found !== channels) {
        throw shapes.refuse(
          `blocks.${stage}.${block}.conv1.weight: expected ${channels} input channels, found ${found}`,
        );
      }
      [channels] = shapes.filter(`blocks.${stage}.${block}.${last}.weight`);
    }
    if (shapes.has(`blocks.${stage}.${depth}.conv1.weight`)) {
      throw shapes.refuse(
        `blocks.${stage}: expected ${depth === 1 ? "1 block" : `${depth} blocks`} a stage, found more (D_depth)`,
      );
    }
    if (shapes.has(`blocks.${stage}.${depth}.theta.weight`)) attentions.push(stage);
    stages.push({ in: before, out: channels, shortcut: shapes.has(`blocks.${stage}.0.conv_sc.weight`) });
  }
  if (attentions.length > 1) {
    throw shapes.refuse(
      `blocks: expected at most one attention (blocks.N.${depth}.theta.weight), found ${attentions.length}`,
      "Discriminators with more than one attention (D_attn) are not supported.",
    );
  }
  return { stages, attention: attentions[0] };
}
