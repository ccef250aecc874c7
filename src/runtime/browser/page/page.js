// The page in which a browser runs tfjs. Its address names the back-end: `index.html?webgpu`. Loaded as it stands.
import { host, messageOf, refuse } from "../host/host.js";

const base = new URL("..", location.href).href.replace(/\/$/, "");
const backend = location.search.slice(1);

/** A script tag as users write it; its bundle adds to the global `tf`. */
function load(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}/${path}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${path} did not load`));
    document.head.append(script);
  });
}

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

try {
  await load("tfjs-core/tf-core.min.js");
  await load("tfjs-converter/tf-converter.min.js");
  await load(`tfjs-backend/tf-backend-${backend}.min.js`);
  if (backend === "wasm") tf.wasm.setWasmPaths(`${base}/tfjs-backend/`);
  if (backend === "webgpu" && !(await navigator.gpu?.requestAdapter())) {
    throw new Error("expected a WebGPU adapter, found none");
  }
  await tf.setBackend(backend);
  // Half-precision textures would make a test of the runtime a test of the phone it runs on.
  if (backend === "webgl" && !tf.env().getBool("WEBGL_RENDER_FLOAT32_CAPABLE")) {
    throw new Error("expected a GPU that renders to float32 textures, found one that does not");
  }
  await host(tf, { base, backend, about: { place: navigator.userAgent, engine: ENGINES[backend]() } });
} catch (error) {
  await refuse(base, messageOf(error));
}
