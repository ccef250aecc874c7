import type { TensorShapes } from "./tensor-shapes.js";

/** Images begin at 4 x 4 pixels. */
const START_PIXELS = 16;

/** A block as its filters have it. */
export interface ChainedBlock {
  /** Of its first convolution, for messages. */
  readonly name: string;
  readonly in: number;
  readonly out: number;
}

/** Refuses blocks of which one does not take what the one before gives, or the first not what the stem gives. */
export function checkChain(
  shapes: TensorShapes,
  stem: string,
  stemUnits: number,
  blocks: readonly ChainedBlock[],
): void {
  const [first] = blocks;
  if (first === undefined) throw shapes.refuse(`${stem}: expected residual blocks after it, found none`);
  if (stemUnits !== first.in * START_PIXELS) {
    const found = `${stemUnits} for ${first.in} channels of ${first.name}`;
    throw shapes.refuse(`${stem}: expected ${START_PIXELS} outputs a channel (an image of 4 x 4), found ${found}`);
  }
  blocks.forEach((block, index) => {
    const before = blocks[index - 1]?.out ?? block.in;
    if (block.in === before) return;
    throw shapes.refuse(`block ${index} (${block.name}): expected ${before} input channels, found ${block.in}`);
  });
}
