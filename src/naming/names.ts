/** Whose names the tensors of a safetensors file have. */
export const NAMES = ["biggan-port", "biggan-pytorch", "huggingface"] as const;

export type Names = (typeof NAMES)[number];

/** Another project's. */
export type OtherNames = Exclude<Names, "biggan-port">;
