import { tfhubHdf5BigGan, tfhubHdf5BigGanDeep } from "../../../mappings/tfhub-hdf5.js";
import type { Mapping } from "../mapping.js";
import type { SourceFamily } from "./source-family.js";
import { inferConfig } from "./tfhub-config.js";

const ASSUMED = [
  "statistics: those of truncation 1 (accumulated_mean, accumulated_var), the only ones that a dump of the variables has",
  "epsilon of the batch norms, place of the attention and of the upsampling: those of the released modules",
];

const family = (mapping: Mapping, stem: string): SourceFamily => ({
  name: mapping.name,
  role: "generator",
  mapping,
  recognises: (tensors) => [...tensors.keys()].some((name) => name.startsWith(stem)),
  infer: (source) => ({ config: inferConfig(source, undefined, "accumulated_mean"), assumed: ASSUMED }),
});

/** The variables of TF Hub modules outside of their modules. */
export const tfHubFamilies: readonly SourceFamily[] = [
  family(tfhubHdf5BigGan, "Generator/G_Z/G_linear/"),
  family(tfhubHdf5BigGanDeep, "Generator/GenZ/G_linear/"),
];
