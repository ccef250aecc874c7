import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportMini, openMini } from "./web-export.js";
import { openSite, type Site } from "./web-page.js";

/** A {@link Site} with an export of biggan-mini below `model/`, in a folder of its own. */
export interface MiniSite extends Site {
  readonly folder: string;
}

/** `prepare` may change the export before anyone sees it. Disposing of the site removes the folder too. */
export async function openMiniSite(prepare?: (folder: string) => Promise<void>): Promise<MiniSite> {
  const folder = await mkdtemp(join(tmpdir(), "biggan-port-web-"));
  const mini = await openMini();
  await exportMini(folder, mini);
  await mini.model[Symbol.asyncDispose]();
  await prepare?.(folder);
  const site = await openSite({ "model/": folder });
  return {
    ...site,
    folder,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
