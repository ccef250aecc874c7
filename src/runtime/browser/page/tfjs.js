// tfjs in a page. Loaded as it stands.
import { tfjsEngine } from "../host/tfjs-engine.js";

const ENGINES = {
  webgl: () => `WebGL ${tf.env().getNumber("WEBGL_VERSION")}`,
  webgpu: () => "WebGPU",
  wasm: () => `WebAssembly (XNNPACK), ${threads()}`,
};

/** tfjs takes the threaded build where the page is isolated. */
function threads() {
  const count = tf.env().get("WASM_HAS_MULTITHREAD_SUPPORT") ? tf.wasm.getThreadsCount() : 1;
  return `${count} thread${count === 1 ? "" : "s"}`;
}

/** A `load` for host.js. */
export async function engineOf({ base, engine }) {
  await load(`${base}/tfjs-core/tf-core.min.js`);
  await load(`${base}/tfjs-converter/tf-converter.min.js`);
  await load(`${base}/backend/tf-backend-${engine}.min.js`);
  if (engine === "wasm") tf.wasm.setWasmPaths(`${base}/backend/`);
  await tf.setBackend(engine);
  // Half-precision textures would make a test of the runtime a test of the phone it runs on.
  if (engine === "webgl" && !tf.env().getBool("WEBGL_RENDER_FLOAT32_CAPABLE")) {
    throw new Error("expected a GPU that renders to float32 textures, found one that does not");
  }
  return tfjsEngine(tf, { base, backend: engine, about: { place: navigator.userAgent, engine: ENGINES[engine]() } });
}

/** A script tag as users write it; its bundle adds to the global `tf`. */
function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });
}
