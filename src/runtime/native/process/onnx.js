// Runs in a Node process of its own: onnxruntime. Arguments: the server's base and the model's folder, or `probe` and a small model in
// base64, which it loads and runs, to end with code 0; then the package's entry file, and onnxruntime's name of what computes.
// Plain JavaScript, loaded as it stands.
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { host, messageOf, refuse } from "../../host/page/host.js";
import { fetched, onnxEngine } from "../../host/page/onnx-engine.js";

const [base, model, entry, provider, adapter] = process.argv.slice(2);
process.on("disconnect", () => process.exit());

const ENGINES = { cpu: "CPU", cuda: "CUDA", webgpu: "WebGPU", wasm: `WebAssembly, ${threads()} threads` };

/** onnxruntime-web starts with what is there, but with 4 at most: https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html */
function threads() {
  return Math.min(4, availableParallelism());
}

/** Files from the folder itself: onnxruntime maps them into memory. */
const fromFolder = (name) => ({ model: join(model, name), options: {} });

async function probe(ort) {
  const session = await ort.InferenceSession.create(Buffer.from(model, "base64"), { executionProviders: [provider] });
  await session.run({ x: new ort.Tensor("float32", [1], [1]) });
}

try {
  const ort = createRequire(import.meta.url)(entry);
  if (provider === "wasm") ort.env.wasm.numThreads = threads();
  if (base === "probe") await probe(ort);
  else {
    const about = {
      place: `Node ${process.versions.node}`,
      engine: ENGINES[provider],
      ...(adapter && { adapter: JSON.parse(adapter) }),
    };
    const locate = provider === "wasm" ? fetched(base) : fromFolder;
    await host({ base, load: onnxEngine(ort, { locate, provider, about }) });
  }
} catch (error) {
  if (base === "probe") {
    writeSync(process.stderr.fd, `${messageOf(error)}\n`);
    process.exit(1);
  }
  await refuse(base, messageOf(error));
}
// Threads of a GPU's driver would keep the process.
process.exit();
