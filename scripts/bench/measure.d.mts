export interface Measured {
  readonly wallSeconds: number;
  readonly userSeconds: number;
  readonly systemSeconds: number;
  readonly peakBytes: number;
  readonly exit: number;
  readonly error?: string;
}

export function measure(
  command: readonly string[],
  options?: { env?: Record<string, string>; timeoutSeconds?: number },
): Promise<Measured>;
export function parseTimes(text: string): number[];
export function lastWords(text: string): string;
