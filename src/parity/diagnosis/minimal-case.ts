import { join } from "node:path";
import { type Tensor, toFloat32 } from "../../core/tensor.js";
import { encodeNpz } from "../../formats/npy/npz.js";
import { type OutputOptions, writeFile, writeFolder } from "../../io/atomic-output.js";
import { type Diagnosis, describeFinding, type LayerTensor, summarise, type TensorRole } from "./diagnosis.js";

export const CASE_FILE = "case.npz";
export const CASE_README = "README.txt";

/** What stands before a tensor's name in the npz. */
const PREFIXES: Readonly<Record<TensorRole, string>> = {
  input: "input/",
  parameter: "parameter/",
  ours: "ours/",
  theirs: "theirs/",
};

/** How many hypotheses the README lists. */
const LISTED = 10;

/**
 * Everything that the layer's value depends on, as npz entries: `z`, `y`, `truncation`, `input/<layer>` (the other side's),
 * `parameter/<name>` (ours, spectral norm folded), `ours/<layer>`, `theirs/<layer>`.
 */
export function minimalCaseEntries({ inputs, tensors }: Diagnosis): ReadonlyMap<string, Tensor> {
  const entries = new Map<string, Tensor>([
    ["z", inputs.z],
    ["y", inputs.y],
    ["truncation", { shape: [], data: Float64Array.of(inputs.truncation) }],
  ]);
  for (const { role, name, tensor } of tensors)
    if (!entries.has(name)) entries.set(PREFIXES[role] + name, narrowed(tensor));
  return entries;
}

/** In float32 when that holds every number exactly: half the size. */
function narrowed({ shape, data }: Tensor): Tensor {
  const exact = data.every((value) => Object.is(Math.fround(value), value) || Number.isNaN(value));
  return { shape, data: exact ? toFloat32(data) : data };
}

/**
 * A folder with `case.npz` and `README.txt`, to attach to an issue: small, for it holds one layer. What the folder holds, and
 * what it says, depends on the diagnosis alone.
 */
export async function writeMinimalCase(
  folder: string,
  diagnosis: Diagnosis,
  title: string,
  options: OutputOptions = {},
): Promise<void> {
  await writeFolder(folder, options, async (temporary) => {
    await writeFile(join(temporary, CASE_FILE), encodeNpz(minimalCaseEntries(diagnosis)));
    await writeFile(join(temporary, CASE_README), caseReadme(diagnosis, title));
  });
}

/** Plain text: what the case is, its numbers, what was tried. */
export function caseReadme(diagnosis: Diagnosis, title: string): string {
  const { layer, tensors, findings } = diagnosis;
  const width = Math.max(...tensors.map(({ name }) => name.length));
  return [
    `A layer that two sides compute differently: ${layer}`,
    title,
    "",
    summarise(diagnosis),
    "",
    `${CASE_FILE} (numpy.load): z, y, truncation; input/<layer> as the other side has it; parameter/<name> as our graph uses it,`,
    `spectral norm divided out; ours/${layer} computed from these in float64; theirs/${layer} as the other side has it.`,
    "",
    "Tensors (smallest, largest, mean, root mean square, NaN, infinite)",
    ...tensors.map((tensor) => tensorLine(tensor, width)),
    "",
    `Hypotheses, best first (largest difference left), ${Math.min(LISTED, findings.length)} of ${findings.length}`,
    ...findings.slice(0, LISTED).map((finding) => `${finding.residual.toExponential(3)}  ${describeFinding(finding)}`),
    "",
  ].join("\n");
}

function tensorLine({ role, name, numbers }: LayerTensor, width: number): string {
  const { shape, min, max, mean, rms, nan, infinite } = numbers;
  const values = [min, max, mean, rms].map((value) => value.toExponential(4).padStart(13)).join("");
  return `${role.padEnd(10)}${name.padEnd(width)}  [${shape.join(", ")}]${values}  ${nan} ${infinite}`;
}
