import type { Transform } from "./mapping.js";

/** One transform in a few words, for tables: `spectralNorm(blocks.0.0.conv1.u0)`, `permute(2 3 1 0)`. */
export function describeTransform(transform: Transform): string {
  switch (transform.op) {
    case "spectralNorm":
      return `spectralNorm(${transform.u})`;
    case "storedSpectralNorm":
      return `storedSpectralNorm(${transform.u}, ${transform.v})`;
    case "divideByCount":
      return `divideByCount(${transform.count})`;
    case "permute":
      return `permute(${transform.axes.join(" ")})`;
    case "swapBlocks":
      return `swapBlocks(axis ${transform.axis}, ${transform.first} first)`;
    case "regroup":
      return `regroup(axis ${transform.axis}, ${transform.inner} inner)`;
  }
}
