import { parseArgs } from "node:util";

/** What both programs for Node take: EXPORT_DIR [--class N] [--seed N] [--truncation T] [-o picture.png] */
export function parseOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      class: { type: "string", default: "0" },
      seed: { type: "string", default: "0" },
      truncation: { type: "string", default: "0.5" },
      output: { type: "string", short: "o", default: "picture.png" },
    },
  });
  const [folder = "."] = positionals;
  const [label, seed, truncation] = [values.class, values.seed, values.truncation].map(Number);
  return { folder, label, seed, truncation, output: values.output };
}
