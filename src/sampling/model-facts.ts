/** What there is to know of a model, in Node as in browsers. */
export interface ModelFacts {
  readonly name: string;
  readonly family: string;
  readonly resolution: number;
  readonly classes: number;
  readonly zDim: number;
  readonly parameters: number;
  /** Class names in index order, where they are known. */
  readonly labels: readonly string[] | undefined;
  /** The one truncation of an export in which it is baked. */
  readonly bakedTruncation: number | undefined;
  readonly warnings: readonly string[];
}
