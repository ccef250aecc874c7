/** What holds a model, told from its content and never from its name. */
export type ModelKind =
  | "tf-hub-archive"
  | "tf-hub-folder"
  /** What `convert` and `port` write, with its manifest. */
  | "export-folder"
  /** The `tfjs` folder of an export alone. */
  | "tfjs-folder"
  /** The `onnx` folder of an export alone. */
  | "onnx-folder"
  | "onnx"
  | "safetensors"
  /** What `torch.save` writes since 1.6, and what it wrote before. */
  | "pytorch-zip"
  | "pytorch-legacy"
  | "npz"
  | "hdf5"
  /** `model.json` with a weightsManifest but no graph of ours. */
  | "tfjs-layers-folder"
  /** An index of shards (`model.safetensors.index.json`), a folder that holds one, a folder or glob of numbered shards. */
  | "sharded";

/** A model and where it is: `file` is another than the path asked for when a folder holds one file of weights. */
export interface FoundModel {
  readonly kind: ModelKind;
  readonly file: string;
}
