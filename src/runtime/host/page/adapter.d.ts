/** What WebGPU or WebGL computes on. */
export interface Adapter {
  readonly name: string;
  readonly vendor: string;
  /** It computes on the processor. */
  readonly software: boolean;
}

/** @param info a GPUAdapterInfo */
export function webGpuAdapter(info: object): Adapter;
export function webGlAdapter(gl: WebGLRenderingContext): Adapter;
