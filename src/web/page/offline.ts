/**
 * Keeps the page's own files for visits without a network, where the browser allows that: over https and on this machine.
 * The weights are kept by the runtime.
 */
export async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL("sw.js", document.baseURI), { updateViaCache: "none" });
  } catch {
    // Forbidden by the browser's settings, or no such file on this host: the page works, but only online.
  }
}
