import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { BackendError } from "../../core/errors.js";

/** The back-ends of tfjs that run on any machine. Both are dependencies of this package. */
export type TfjsBackend = "tfjs-wasm" | "tfjs-cpu";

const ENGINE_NAMES = { "tfjs-wasm": "wasm", "tfjs-cpu": "cpu" } as const satisfies Record<TfjsBackend, string>;

/** What the runtime needs of tfjs: the core, and the loader that users of an exported model call too. */
export interface Tfjs {
  readonly core: typeof import("@tensorflow/tfjs-core");
  readonly loadGraphModel: typeof import("@tensorflow/tfjs-converter").loadGraphModel;
}

let loading: Promise<Tfjs> | undefined;

/** Imported when first used: tfjs takes a few hundred milliseconds that `check` and `inspect` need not pay. */
async function loadTfjs(): Promise<Tfjs> {
  const [core, { loadGraphModel }, { setWasmPaths }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-converter"),
    import("@tensorflow/tfjs-backend-wasm"),
    import("@tensorflow/tfjs-backend-cpu"),
  ]);
  // Production mode's one effect is that tfjs stops printing advice ("install our node backend") to the console.
  core.enableProdMode();
  // The binaries lie beside the package's entry; in Node the back-end reads them from disk, so a path is right, not a URL.
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(dirname(entry) + sep);
  return { core, loadGraphModel };
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs a piece of work with one back-end active, after all earlier pieces are done. tfjs has one engine for the whole process and one
 * active back-end in it, so runtimes that are open at the same time take turns.
 * @throws BackendError when the back-end does not start: tfjs would fall back to `cpu` silently.
 */
export function withBackend<T>(backend: TfjsBackend, work: (tfjs: Tfjs) => Promise<T>): Promise<T> {
  const result = turn.then(async () => {
    loading ??= loadTfjs();
    const tfjs = await loading.catch((cause: unknown) => {
      loading = undefined;
      throw missing(backend, cause);
    });
    await activate(tfjs, backend);
    return work(tfjs);
  });
  turn = result.catch(() => undefined);
  return result;
}

async function activate({ core }: Tfjs, backend: TfjsBackend): Promise<void> {
  const wanted = ENGINE_NAMES[backend];
  const started = await core.setBackend(wanted).catch((cause: unknown) => {
    throw missing(backend, cause);
  });
  const active = core.getBackend();
  if (!started || active !== wanted) {
    throw new BackendError(`${backend}: expected tfjs to run on ${wanted}, found ${active || "no back-end"}`, {
      hint: HINT,
    });
  }
}

const HINT = "Reinstall the packages (npm ci); the reference back-end needs none of them.";

function missing(backend: TfjsBackend, cause: unknown): BackendError {
  return new BackendError(`${backend}: did not start: ${cause instanceof Error ? cause.message : String(cause)}`, {
    hint: HINT,
    cause,
  });
}
