export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly largest: number;
}

export interface Measurement {
  readonly module: string;
  readonly contender: string;
  readonly wallSeconds: number;
  readonly userSeconds: number;
  readonly systemSeconds: number;
  readonly peakBytes: number;
  readonly outputBytes: number;
  readonly writes: boolean;
  readonly exit: number;
  readonly error?: string;
}

export interface Row {
  readonly module: string;
  readonly contender: string;
  readonly runs: number;
  readonly wall: Summary;
  readonly cpu: Summary;
  readonly peak: Summary;
  readonly outputBytes: number;
  readonly failure: { readonly exit: number; readonly error: string } | undefined;
}

export function median(values: readonly number[]): number;
export function summary(values: readonly number[]): Summary;
export function rowsOf(measurements: readonly Measurement[]): Row[];
