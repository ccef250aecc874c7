export function useKernels(module: WebAssembly.Module): void;
