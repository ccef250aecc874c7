/**
 * Keeps the page's own files for visits without a network. Weights are the runtime's to keep, under their hash; whatever else is asked
 * for goes to the network untouched.
 *
 * A new version is made whole before it is used, and takes over when no page of the old one is open any more. Until then visitors
 * with a network see the new page all the same: names that stay the same from version to version are asked of the network first.
 */
export {};

declare const registration: { readonly scope: string };
declare const clients: { claim(): Promise<void> };

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends WaitingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** Filled in by scripts/precache-list.mjs: paths from the page's folder, and a hash over all of them. */
const LIST = "__PRECACHE_LIST__";
const { version, atOnce, later } = readList(LIST);

/** Of the model, what the page needs before its weights. Kept as it was when there last was a network. */
const DATA = ["manifest.json", "labels.json"];
/** Files whose names have no hash of their content. */
const STABLE = ["index.html", "page/web.js"];
/** A network that does not answer within this time counts as none, where there is something to show instead. */
const PATIENCE_MS = 4000;

/** Several exports may lie on one site, each with its page. */
const pages = `biggan-port page ${registration.scope} `;
const pageCache = `${pages}${version}`;
const dataCache = `biggan-port data ${registration.scope}`;

addEventListener("install", (event) => {
  if (isWaiting(event)) event.waitUntil(install());
});
addEventListener("activate", (event) => {
  if (isWaiting(event)) event.waitUntil(activate());
});
addEventListener("fetch", (event) => {
  if (!isFetch(event) || event.request.method !== "GET") return;
  const path = pathOf(event.request.url);
  if (path === undefined) return;
  if (DATA.includes(path)) event.respondWith(networkFirst(event.request, path, dataCache, true));
  else if (STABLE.includes(path)) event.respondWith(networkFirst(event.request, path, pageCache, false));
  else if (atOnce.includes(path) || later.includes(path)) event.respondWith(cacheFirst(event.request, path));
});

async function install(): Promise<void> {
  const cache = await caches.open(pageCache);
  // Past the browser's own cache: a stable name may lie there with an older version's content.
  await cache.addAll(
    atOnce.map((path) => new Request(addressOf(path), { cache: STABLE.includes(path) ? "reload" : "default" })),
  );
  const data = await caches.open(dataCache);
  for (const path of DATA) {
    const response = await fetch(addressOf(path));
    if (response.ok) await data.put(addressOf(path), response);
  }
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(pages) && name !== pageCache).map((name) => caches.delete(name)),
  );
  await clients.claim();
}

async function cacheFirst(request: Request, path: string): Promise<Response> {
  const old = await kept(pageCache, path);
  if (old !== undefined) return old;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(pageCache)).put(addressOf(path), response.clone());
  return response;
}

/** `keep`: what comes replaces what is kept. */
async function networkFirst(request: Request, path: string, cacheName: string, keep: boolean): Promise<Response> {
  const old = await kept(cacheName, path);
  const patience = new AbortController();
  const timer = setTimeout(() => old !== undefined && patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(request.url, { signal: patience.signal, credentials: "same-origin" });
    if (response.ok && keep) await (await caches.open(cacheName)).put(addressOf(path), response.clone());
    return response;
  } catch (error) {
    if (old === undefined) throw error;
    return old;
  } finally {
    clearTimeout(timer);
  }
}

async function kept(cacheName: string, path: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(addressOf(path));
}

function addressOf(path: string): string {
  return new URL(path, registration.scope).href;
}

/** The path from the page's folder; undefined for other places. */
function pathOf(address: string): string | undefined {
  const url = new URL(address);
  const scope = new URL(registration.scope);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return undefined;
  return decodeURIComponent(url.pathname.slice(scope.pathname.length)) || "index.html";
}

interface PageFiles {
  readonly version: string;
  /** To be kept from the first visit on. */
  readonly atOnce: readonly string[];
  /** To be kept once they have been used. */
  readonly later: readonly string[];
}

function readList(text: string): PageFiles {
  const list: PageFiles = JSON.parse(text);
  return list;
}

function isWaiting(event: Event): event is WaitingEvent {
  return "waitUntil" in event;
}

function isFetch(event: Event): event is FetchEvent {
  return "respondWith" in event && "request" in event && event.request instanceof Request;
}
