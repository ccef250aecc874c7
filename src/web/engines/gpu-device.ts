import { webGpuAdapter } from "../../runtime/host/page/adapter.js";
import { createLossWatch, type LossWatch } from "./loss-watch.js";

/** Told when a WebGPU device goes away: the driver resets, the machine sleeps, the card is pulled. */
export function watchDevice(device: GPUDevice): LossWatch {
  const watch = createLossWatch();
  device.lost.then(({ message }) => watch.tell(message || "the WebGPU device was lost"));
  return watch;
}

/** The card's name, as far as the browser tells. */
export function deviceName(device: GPUDevice): string {
  return webGpuAdapter("adapterInfo" in device ? objectOf(device.adapterInfo) : {}).name;
}

export function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
