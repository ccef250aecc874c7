/** What an entry of {@link NodeDef.inputs} refers to. */
export interface InputReference {
  readonly node: string;
  /** Which output of the node; in a function body, which one of those that {@link outputName} counts together. */
  readonly output: number;
  /** Only in function bodies, `node:outputName:0`. */
  readonly outputName: string | undefined;
  /** Only the order matters: no value flows. */
  readonly control: boolean;
}

const REFERENCE = /^(.*?)(?::([A-Za-z_]\w*))?(?::(\d+))?$/s;

/**
 * `^node`, `node`, `node:1`, `node:output:1`.
 * https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/node_def.proto
 */
export function parseInput(text: string): InputReference {
  if (text.startsWith("^")) return { node: text.slice(1), output: 0, outputName: undefined, control: true };
  // Most references are a bare name: no need for the expression.
  if (!text.includes(":")) return { node: text, output: 0, outputName: undefined, control: false };
  const [, node = text, outputName, output = "0"] = REFERENCE.exec(text) ?? [];
  return { node, output: Number(output), outputName, control: false };
}
