import { isOp } from "../graph/node-of.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";
import { vectorShape } from "./vector-shape.js";

/** (x - mean) / sqrt(variance + epsilon) * gain + offset = x * scale + shift, where scale and shift are small vectors. */
export const batchNormToMultiplyAdd: Pass = {
  name: "batch-norm-to-multiply-add",
  description: "turns each batch norm into one multiplication and one addition",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    for (const { id } of editor.nodes()) {
      const node = editor.node(id);
      if (!isOp(node, "batchNorm")) continue;
      const [x, mean, variance] = [editor.input(node, 0), editor.input(node, 1), editor.input(node, 2)];
      const [gain, offset] = [editor.input(node, 3), editor.input(node, 4)];
      const name = node.name.replace(/\.batchNorm$/, "");
      const { epsilon } = node.operation;

      const inverse = editor.add({ op: "inverseDeviation", epsilon }, [variance], variance.shape, `${name}.inverse`);
      const scale = editor.add({ op: "multiply" }, [gain, inverse], vectorShape(gain, inverse), `${name}.scale`);
      const centre = editor.add({ op: "multiply" }, [mean, scale], vectorShape(mean, scale), `${name}.centre`);
      const shift = editor.add({ op: "subtract" }, [offset, centre], vectorShape(offset, centre), `${name}.shift`);
      editor.replace(node, editor.add({ op: "multiplyAdd" }, [x, scale, shift], node.shape, `${name}.multiplyAdd`));
    }
    return editor.finish();
  },
};
