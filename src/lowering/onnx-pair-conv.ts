import type { OnnxSite } from "./onnx-operations.js";

/** The four combinations of rows, their products, and the two results of each pair, side by side on a new axis behind the rows. */
export function emitPairConv({ emit, name, shape, input, weight, inputCount }: OnnxSite): string {
  const [, height = 0, width = 0, out = 0] = shape;
  const zeros = emit.ints([0, 0, 1, 0, 0, 0, 1, 0]);
  const around = emit.node(`${name}/around`, "Pad", [input(0).name, zeros]);
  const rows = [0, 1, 2, 3].map((row) =>
    emit.node(`${name}/row${row}`, "Slice", [
      ...[around, emit.ints([row]), emit.ints([row + height - 1])],
      ...[emit.ints([2]), emit.ints([2])],
    ]),
  );
  const [first = "", second = "", third = "", fourth = ""] = rows;
  const combinations = [
    emit.node(`${name}/ends0`, "Sub", [first, third]),
    emit.node(`${name}/sum`, "Add", [second, third]),
    emit.node(`${name}/difference`, "Sub", [third, second]),
    emit.node(`${name}/ends1`, "Sub", [second, fourth]),
  ];
  const [p0 = "", p1 = "", p2 = "", p3 = ""] = combinations.map((combination, index) => {
    const bias = index === 1 && inputCount === 6 ? [input(5).name] : [];
    return emit.node(`${name}/products${index}`, "Conv", [combination, weight(1 + index, "OIHW"), ...bias], {
      kernel_shape: { ints: [1, 3] },
      pads: { ints: [0, 1, 0, 1] },
    });
  });
  const results = [
    emit.node(`${name}/upper`, "Add", [p0, emit.node(`${name}/both`, "Add", [p1, p2])]),
    emit.node(`${name}/lower`, "Sub", [emit.node(`${name}/apart`, "Sub", [p1, p2]), p3]),
  ].map((result) => emit.node(`${result}/apart`, "Unsqueeze", [result, emit.ints([3])]));
  const joined = emit.node(`${name}/joined`, "Concat", results, { axis: { int: 3 } });
  return emit.node(name, "Reshape", [joined, emit.ints([0, out, height, width])]);
}
