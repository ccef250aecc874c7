import { readdir } from "node:fs/promises";

/** WebGPU is behind a flag on Linux, in headless mode and on software adapters. */
const ALWAYS = [
  "--enable-unsafe-webgpu",
  "--enable-unsafe-swiftshader",
  // Containers have a small /dev/shm.
  "--disable-dev-shm-usage",
  // Nothing beyond loopback: no name resolves, no proxy of the environment is asked.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--no-proxy-server",
];

const SOFTWARE = ["--use-webgpu-adapter=swiftshader", "--use-angle=swiftshader"];

/** Headless on Linux there is no display, so no OpenGL: both APIs go through Vulkan, which draws to nothing. */
const LINUX_GPU = ["--enable-features=Vulkan", "--use-angle=vulkan", "--disable-vulkan-surface"];

/** Flags for a browser on the machine's GPU, or on SwiftShader. */
export function chromiumFlags({ software }: { readonly software: boolean }): string[] {
  const gpu = software ? SOFTWARE : process.platform === "linux" ? LINUX_GPU : [];
  // Chromium's sandbox refuses to run as root, which is what containers do.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return [...ALWAYS, ...gpu, ...sandbox];
}

/** Whether the system has a device through which Chromium could reach a GPU. Only Linux tells without asking the driver. */
export async function mayHaveGpu(): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const entries = await Promise.all(["/dev", "/dev/dri"].map((folder) => readdir(folder).catch(() => [])));
  return entries.flat().some((name) => /^(nvidia\d+|renderD\d+|dxg)$/.test(name));
}
