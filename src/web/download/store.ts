import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ListedFile } from "./manifest.js";

/**
 * Files that stay for the next visit, under their hash. The Cache API rather than OPFS: an entry is there whole or not at all, pages and
 * workers of all browsers have it, and service workers and developer tools show it.
 */
export interface Store {
  /** Hashes that are there; a look at the names alone. */
  readonly kept: ReadonlySet<string>;
  /** The bytes, their size and SHA-256 verified; undefined where there are none, or others. */
  read(file: ListedFile): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Never rejects: a full disk is no reason not to go on. */
  write(file: ListedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The manifest of the last complete download. */
  manifest(): Promise<string | undefined>;
  /** A download is complete: keeps its manifest, and drops what only earlier versions of it had. */
  complete(manifest: string, hashes: ReadonlySet<string>): Promise<void>;
}

const NAME = "biggan-port";

/** Keys have to be addresses; nothing is ever asked of this one. */
const BASE = "https://biggan-port.invalid/";

const NOT_KEPT = "This browser keeps nothing for the next visit (private window, or no secure connection).";
const FULL = "There is no room to keep the model for the next visit: it will be downloaded again.";

/** Of no use to the next visit. */
const FORGETFUL: Store = {
  kept: new Set(),
  read: async () => undefined,
  write: async () => undefined,
  manifest: async () => undefined,
  complete: async () => undefined,
};

/** Opens what is kept of one manifest's files; without a cache (private window, foreign frame) nothing is kept, and the visitor is told. */
export async function openStore(
  manifest: URL,
  { enabled, onNotice }: { readonly enabled: boolean; readonly onNotice: (words: string) => void },
): Promise<Store> {
  if (!enabled) return FORGETFUL;
  try {
    const cache = await caches.open(NAME);
    const keys = await cache.keys();
    return cacheStore(cache, manifest, new Set(keys.map(({ url }) => hashOf(url))), onNotice);
  } catch {
    onNotice(NOT_KEPT);
    return FORGETFUL;
  }
}

function cacheStore(cache: Cache, manifest: URL, kept: Set<string>, onNotice: (words: string) => void): Store {
  // Which manifest a file was downloaded for stands in its key; it is found by its hash alone.
  const keyOf = (name: string) => `${BASE}${name}?of=${encodeURIComponent(manifest.href)}`;
  let full = false;

  async function put(key: string, body: BodyInit): Promise<void> {
    if (full) return;
    try {
      await cache.put(key, new Response(body));
    } catch {
      full = true;
      onNotice(FULL);
    }
  }

  return {
    kept,
    async read({ sha256: wanted, bytes: size }) {
      if (!kept.has(wanted)) return undefined;
      try {
        const response = await cache.match(`${BASE}${wanted}`, { ignoreSearch: true });
        const bytes = response === undefined ? undefined : new Uint8Array(await response.arrayBuffer());
        // Hashing by the browser takes a tenth of the reading: a damaged disk is found as well.
        if (bytes?.length === size && (await digest(bytes)) === wanted) return bytes;
        await cache.delete(`${BASE}${wanted}`, { ignoreSearch: true });
      } catch {
        // What cannot be read is fetched.
      }
      kept.delete(wanted);
      return undefined;
    },
    write: ({ sha256: hash }, bytes) => put(keyOf(hash), bytes),
    async manifest() {
      return (await cache.match(keyOf("manifest")))?.text();
    },
    async complete(text, hashes) {
      await put(keyOf("manifest"), text);
      const mine = `?of=${encodeURIComponent(manifest.href)}`;
      for (const { url } of await cache.keys()) {
        const isOld = url.endsWith(mine) && !hashes.has(hashOf(url)) && hashOf(url) !== "manifest";
        if (isOld) await cache.delete(url);
      }
    },
  };
}

function hashOf(key: string): string {
  return new URL(key).pathname.slice(1);
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Pages without a secure connection have no `crypto.subtle`, and no caches either.
  if (globalThis.crypto?.subtle === undefined) return bytesToHex(sha256(bytes));
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
