import type { PreparedFormat } from "../export/prepare-formats.js";
import { planFloat16Compute } from "../precision/float16-compute.js";
import { planInt8Compute } from "../precision/int8-compute.js";
import { planFor } from "../precision/plan-for.js";
import { type BackendName, fastestBackend } from "../runtime/backends.js";
import type { ExportRequest } from "./export-request.js";
import type { Session } from "./session.js";

/** Chooses the precision of every parameter of each format, and measures what it costs. */
export async function planFormats(
  prepared: readonly PreparedFormat[],
  request: ExportRequest,
  session: Session,
): Promise<readonly PreparedFormat[]> {
  const backend = await fastestBackend();
  const planned: PreparedFormat[] = [];
  for (const format of prepared) {
    const bar = session.progress(`${format.format}: trying precisions`, "steps");
    try {
      planned.push(await plan(format, request, { backend, signal: session.signal, update: bar.update }));
    } finally {
      bar.stop();
    }
  }
  return planned;
}

interface Tools {
  readonly backend: BackendName;
  readonly signal: AbortSignal;
  readonly update: (done: number, total: number) => void;
}

async function plan(
  format: PreparedFormat,
  { precision, truncation, compute }: ExportRequest,
  { backend, signal, update }: Tools,
): Promise<PreparedFormat> {
  const { graph, parameters } = format;
  const onProgress = (_: string, done: number, total: number) => update(done, total);
  const common = { truncation, signal, onProgress };
  if (compute === "int8") {
    const { quality } = precision;
    const least = quality === undefined ? {} : { quality };
    const found = await planInt8Compute(graph, parameters, { ...common, ...least, calibrate: backend });
    return { ...format, precision: found, compute: found.compute };
  }
  if (compute === "float16") {
    const found = await planFloat16Compute(graph, parameters, { truncation, signal, backend, onPicture: update });
    const stored = { dtype: "float16" as const, ...precision };
    return {
      ...format,
      precision: await planFor(graph, parameters, stored, { ...common, backend }),
      compute: found.compute,
    };
  }
  return { ...format, precision: await planFor(graph, parameters, precision, { ...common, backend }) };
}
