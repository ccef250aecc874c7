import { PHASES } from "../formats/onnx/layout.js";
import type { OnnxAttribute } from "../formats/onnx/model.js";
import type { OnnxSite } from "./onnx-operations.js";

type Geometry = Readonly<Record<string, OnnxAttribute>>;

function geometry(kernel: readonly number[], pads: readonly number[], strides?: readonly number[]): Geometry {
  const rest: Geometry = strides === undefined ? {} : { strides: { ints: strides } };
  return { kernel_shape: { ints: kernel }, pads: { ints: pads }, ...rest };
}

const biasOf = ({ inputCount, input }: OnnxSite): string[] => (inputCount === 3 ? [input(2).name] : []);

/**
 * onnxruntime computes convolutions in blocks of 8 or 16 outputs. Below a quarter of that the same product as a transposed convolution, whose
 * taps are outputs of one matrix product, takes less than half the time (128 to 3 channels at 128 x 128: 3.0 instead of 7.4 ms).
 */
const FEW_OUTPUTS = 4;

/** Stride 1, zero padding "same": where the filter is even, the odd zero is below and on the right. */
export function emitConv(site: OnnxSite): string {
  const { emit, name, shapeOf, input, weight } = site;
  const [height = 1, width = 1, , outputs = 1] = shapeOf(1);
  const before = [height, width].map((extent) => Math.floor((extent - 1) / 2));
  const after = [height, width].map((extent) => Math.ceil((extent - 1) / 2));
  const odd = height % 2 === 1 && width % 2 === 1;
  const [opType, layout] =
    odd && height * width > 1 && outputs <= FEW_OUTPUTS
      ? ["ConvTranspose", "turned IOHW" as const]
      : ["Conv", "OIHW" as const];
  const attributes = geometry([height, width], [...before, ...after]);
  return emit.node(name, opType, [input(0).name, weight(1, layout), ...biasOf(site)], attributes);
}

export function emitTransposedConv(site: OnnxSite): string {
  const { emit, name, input, weight } = site;
  const attributes = geometry([4, 4], [1, 1, 1, 1], [2, 2]);
  return emit.node(name, "ConvTranspose", [input(0).name, weight(1, "IOHW"), ...biasOf(site)], attributes);
}

/**
 * Pixel (2i + a, 2j + b) is of the corner above or below i and left or right of j: each of the four (a, b) takes another phase of the filter at
 * other corners, of which there are as many as pixels of x. Four convolutions therefore compute no corner that is cut off, which at 8 x 8 is a
 * fifth of the work.
 */
export function emitPhaseConv(site: OnnxSite): string {
  const { emit, name, input, weight } = site;
  const pixels = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const;
  const phases = pixels.map(([a, b], index) => {
    // Even pixels are the later ones of the corner before them.
    const phase = PHASES[(1 - a) * 2 + (1 - b)] ?? PHASES[0];
    const attributes = geometry([2, 2], [1 - a, 1 - b, a, b]);
    return emit.node(`${name}/pixel${index}`, "Conv", [input(0).name, weight(1, phase), ...biasOf(site)], attributes);
  });
  const joined = emit.node(`${name}/joined`, "Concat", phases, { axis: { int: 1 } });
  return emit.node(name, "DepthToSpace", [joined], { blocksize: { int: 2 }, mode: { text: "DCR" } });
}
