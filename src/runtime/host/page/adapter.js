// What computes: the adapter that WebGPU or WebGL gave to tfjs. Plain JavaScript, loaded as it stands.

/** Names of Vulkan and OpenGL drivers that compute on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/** The adapter of the active back-end as `{name, vendor, software}`; undefined where there is none (WebAssembly, TensorFlow). */
export async function adapterOf(tf) {
  const { device, gpgpu } = tf.backend();
  if (device !== undefined) return webGpuAdapter(device.adapterInfo ?? (await navigator.gpu.requestAdapter()).info);
  if (gpgpu !== undefined) return webGlAdapter(gpgpu.gl);
  return undefined;
}

/** @param info a GPUAdapterInfo; browsers leave some of its fields empty. */
export function webGpuAdapter(info) {
  const { vendor = "", architecture = "", device = "", description = "" } = info;
  const name = description || [vendor, architecture, device].filter(Boolean).join(" ") || "unnamed";
  const software = info.isFallbackAdapter === true || SOFTWARE.test(`${name} ${architecture}`);
  return {
    name: architecture !== "" && !name.includes(architecture) ? `${name} (${architecture})` : name,
    vendor,
    software,
  };
}

/** @param {WebGLRenderingContext} gl */
export function webGlAdapter(gl) {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  const vendor = gl.getParameter(names?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR);
  return { name, vendor, software: SOFTWARE.test(name) };
}

/** Calls back when the GPU goes away: reads that wait for it would wait for ever. */
export function watchLoss(tf, lost) {
  const { device, gpgpu } = tf.backend();
  device?.lost.then(({ message, reason }) => reason !== "destroyed" && lost(new Error(`the GPU was lost: ${message}`)));
  gpgpu?.gl.canvas.addEventListener?.("webglcontextlost", () => lost(new Error("the WebGL context was lost")));
}
