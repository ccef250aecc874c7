import { MappingError } from "../core/errors.js";
import type { TensorSource } from "../core/tensor-source.js";
import { bigGanPyTorchFamilies } from "./families/biggan-pytorch.js";
import { bigGanPyTorchDiscriminatorFamilies } from "./families/biggan-pytorch-discriminator.js";
import { huggingFaceFamilies } from "./families/huggingface-biggan-deep.js";
import type { SourceFamily } from "./families/source-family.js";
import { tfHubFamilies } from "./families/tfhub.js";

/** Tried in this order; whose names are plain: see plain-names.ts. */
export const SOURCE_FAMILIES: readonly SourceFamily[] = [
  ...tfHubFamilies,
  ...huggingFaceFamilies,
  ...bigGanPyTorchFamilies,
  ...bigGanPyTorchDiscriminatorFamilies,
];

/** The family of a checkpoint by its tensors' names, or undefined. */
export function findFamily({ tensors }: TensorSource): SourceFamily | undefined {
  return SOURCE_FAMILIES.find((family) => family.recognises(tensors));
}

/** The family of a checkpoint, or a {@link MappingError} that says which are known. */
export function familyOf(source: TensorSource): SourceFamily {
  const family = findFamily(source);
  if (family !== undefined) return family;
  const known = SOURCE_FAMILIES.map(({ name }) => name).join(", ");
  const some = [...source.tensors.keys()].slice(0, 3).join(", ") || "no tensor";
  const detail = `expected the names of a BigGAN (${known}), found none of them among ${source.tensors.size} tensors (${some} …)`;
  throw new MappingError(source.file, "infer", [{ kind: "unknown-model", detail }], {
    hint: "Check that this is a BigGAN or BigGAN-deep checkpoint.",
  });
}
