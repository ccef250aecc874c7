import { decodeContext, decodeSmall } from "./decode.js";
import { biggan_port } from "./saved_model.generated.js";

/** ModuleDef.FORMAT_V3: https://github.com/tensorflow/hub/blob/v0.12.0/tensorflow_hub/module_def.proto */
const FORMAT_V3 = 3;

export interface HubModuleDef {
  readonly format: number;
  readonly requiredFeatures: readonly string[];
  /** Undefined for format 3 with no required features, the one that is known; otherwise what is unusual. */
  readonly warning: string | undefined;
}

/** A `tfhub_module.pb`. Throws {@link FormatError} when it is not a protocol buffer. */
export function parseHubModule(file: string, bytes: Uint8Array): HubModuleDef {
  const message = decodeSmall(decodeContext(file, bytes), bytes, "module", (reader) =>
    biggan_port.saved_model.HubModuleDef.decode(reader),
  );
  const { format, requiredFeatures } = message;
  const unusual = [
    ...(format === FORMAT_V3 ? [] : [`module format ${format} instead of ${FORMAT_V3}`]),
    ...(requiredFeatures.length === 0 ? [] : [`required features ${requiredFeatures.join(", ")}`]),
  ];
  const warning =
    unusual.length === 0 ? undefined : `${file}: ${unusual.join(", ")}: it may hold more than is read here`;
  return { format, requiredFeatures, warning };
}
