export interface Contender {
  ask(request: { readonly batch: number } | { readonly save: string }): Promise<{ readonly milliseconds?: number }>;
  stop(): void;
  peakBytes(): number;
}

export function startContender(
  command: readonly string[],
  options?: { env?: Record<string, string>; timeoutSeconds?: number },
): Promise<Contender>;
