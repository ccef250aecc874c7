// Runs in a Node process of its own: tfjs on WebGPU through Dawn. Arguments: the server's base, or `probe`, which prints the
// adapter as one JSON line and ends. Plain JavaScript, loaded as it stands.
import { writeSync } from "node:fs";
import { webGpuAdapter } from "../../host/page/adapter.js";
import { host, messageOf, refuse } from "../../host/page/host.js";
import { tfjsEngine } from "../../host/page/tfjs-engine.js";

const [base] = process.argv.slice(2);
process.on("disconnect", () => process.exit());

async function dawn() {
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  // tfjs looks at the user agent of anything that has a navigator.
  const navigator = { gpu: create([]), userAgent: `Node.js/${process.versions.node}` };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  return navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
}

if (base === "probe") {
  const adapter = await dawn();
  writeSync(process.stdout.fd, JSON.stringify(adapter === null ? null : webGpuAdapter(adapter.info)));
} else {
  try {
    if ((await dawn()) === null) throw new Error("expected a WebGPU adapter, found none");
    const [core, converter] = await Promise.all([
      import("@tensorflow/tfjs-core"),
      import("@tensorflow/tfjs-converter"),
      import("@tensorflow/tfjs-backend-webgpu"),
    ]);
    const about = { place: `Node ${process.versions.node} (Dawn)`, engine: "WebGPU" };
    const tf = { ...core, loadGraphModel: converter.loadGraphModel };
    await host({ base, load: tfjsEngine(tf, { base, backend: "webgpu", about }) });
  } catch (error) {
    await refuse(base, messageOf(error));
  }
}
// Dawn's threads would keep the process.
process.exit();
