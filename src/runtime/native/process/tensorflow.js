// Runs in a Node process of its own: tfjs on TensorFlow's C library. Arguments: the server's base and the entry file of
// @tensorflow/tfjs-node or tfjs-node-gpu. Plain JavaScript, loaded as it stands.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { host, messageOf, refuse } from "../../host/page/host.js";
import { tfjsEngine } from "../../host/page/tfjs-engine.js";

const [base, entry] = process.argv.slice(2);
process.on("disconnect", () => process.exit());

/** The GPU's name, which TensorFlow's C library does not tell. */
function cudaAdapter() {
  try {
    const names = execFileSync("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], { encoding: "utf8" });
    return { name: names.trim().split("\n")[0], vendor: "nvidia", software: false };
  } catch {
    return { name: "CUDA device, unnamed", vendor: "nvidia", software: false };
  }
}

try {
  const tf = createRequire(import.meta.url)(entry);
  const { isGPUPackage, isUsingGpuDevice, binding } = tf.backend();
  // The package for GPUs computes on the processor when it finds none, and says so only in its log.
  if (isGPUPackage && !isUsingGpuDevice) throw new Error("expected a CUDA device, found none");
  const engine = `TensorFlow ${binding.TF_Version ?? "of unknown version"}${isUsingGpuDevice ? ", CUDA" : ""}`;
  const about = { place: `Node ${process.versions.node}`, engine, ...(isUsingGpuDevice && { adapter: cudaAdapter() }) };
  await host({ base, load: tfjsEngine(tf, { base, backend: "tensorflow", about }) });
} catch (error) {
  await refuse(base, messageOf(error));
}
process.exit();
