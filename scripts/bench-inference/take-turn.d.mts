export function takeTurn(
  process: { ask(request: { batch: number }): Promise<{ readonly milliseconds: number }> },
  batch: number,
  turnSeconds: number,
): Promise<{ runs: number; milliseconds: number }>;
