// The page in which a browser runs a model. Its address names the library and what computes: `index.html?tfjs/webgpu`. Loaded as it stands.
import { host, messageOf, refuse } from "../host/host.js";

const base = new URL("..", location.href).href.replace(/\/$/, "");
const [library, engine] = location.search.slice(1).split("/");

try {
  if (engine === "webgpu" && !(await navigator.gpu?.requestAdapter())) {
    throw new Error("expected a WebGPU adapter, found none");
  }
  const { engineOf } = await import(`./${library}.js`);
  await host({ base, load: await engineOf({ base, engine }) });
} catch (error) {
  await refuse(base, messageOf(error));
}
