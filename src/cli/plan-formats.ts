import type { PreparedFormat } from "../export/prepare-formats.js";
import { planFloat16Compute } from "../precision/float16-compute.js";
import { planInt8Compute } from "../precision/int8-compute.js";
import { countPictures, type PictureCount } from "../precision/picture-count.js";
import { planFor } from "../precision/plan-for.js";
import { type BackendName, fastestBackend } from "../runtime/backends.js";
import type { OnnxBackend } from "../runtime/native/onnxruntime.js";
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
      const work = countPictures(bar.update);
      planned.push(await plan(format, request, { backend, signal: session.signal, work }));
    } finally {
      bar.stop();
    }
  }
  return planned;
}

/** Arithmetic in fewer bits is judged by what runs it. */
const COMPUTING: OnnxBackend = "ort-cpu";

interface Tools {
  readonly backend: BackendName;
  readonly signal: AbortSignal;
  readonly work: PictureCount;
}

async function plan(
  format: PreparedFormat,
  { precision, truncation, compute }: ExportRequest,
  { backend, signal, work }: Tools,
): Promise<PreparedFormat> {
  const { graph, parameters } = format;
  const common = { truncation, signal, work };
  if (compute === "int8") {
    const { quality } = precision;
    const found = await planInt8Compute(graph, parameters, {
      ...common,
      ...(quality === undefined ? {} : { quality }),
    });
    return { ...format, precision: found, compute: found.compute };
  }
  if (compute === "float16") {
    const { compute: how } = await planFloat16Compute(graph, parameters, { ...common, backend: COMPUTING });
    const stored = { dtype: "float16" as const, ...precision };
    const tools = { ...common, backend, compute: { how, backend: COMPUTING } };
    return { ...format, precision: await planFor(graph, parameters, stored, tools), compute: how };
  }
  return { ...format, precision: await planFor(graph, parameters, precision, { ...common, backend }) };
}
