import { resolve } from "node:path";
import { BackendError } from "../../core/errors.js";
import { packageEntry, packageVersion } from "../packages.js";

export const TENSORFLOW_SCRIPT = new URL("process/tensorflow.js", import.meta.url);

export type TfjsNodeBackend = "tfjs-node" | "tfjs-node-gpu";

/** Set to the folder of a package that lies elsewhere, for instance one that scripts/install-tfjs-node.sh built. */
const PLACES = { "tfjs-node": "BIGGAN_PORT_TFJS_NODE", "tfjs-node-gpu": "BIGGAN_PORT_TFJS_NODE_GPU" } as const;

export function installTfjsNode(backend: TfjsNodeBackend): string {
  return `npm install @tensorflow/${backend}@4.22.0 (where its download is blocked: scripts/install-tfjs-node.sh)`;
}

/** The package's entry file. Throws a BackendError that says how to add it when it is not there. */
export function requireTfjsNode(backend: TfjsNodeBackend): { readonly entry: string; readonly version: string } {
  const variable = PLACES[backend];
  const given = process.env[variable];
  const name = given ? resolve(given) : `@tensorflow/${backend}`;
  const entry = packageEntry(name);
  if (entry === undefined) {
    const what = given ? `a package at ${variable}=${given}` : `the package ${name}`;
    throw new BackendError(`${backend}: expected ${what}, found none`, { hint: installTfjsNode(backend) });
  }
  return { entry, version: packageVersion(entry) ?? "of unknown version" };
}
