/** Shorter, and waiting would cost more than drawing a small picture. */
const AT_MOST_MS = 30;

let last = 0;

/** Lets messages come in, such as that nobody wants the pictures any more: WebAssembly computes without a pause. */
export async function breathe(): Promise<void> {
  if (performance.now() - last < AT_MOST_MS) return;
  await new Promise<void>((resolve) => setTimeout(resolve));
  last = performance.now();
}
