import { UsageError } from "../core/errors.js";
import { type PreparedFormat, prepareFormats } from "../export/prepare-formats.js";
import { EXPORT_FORMATS, type ExportFormat } from "../formats/description/description.js";
import type { Model } from "../mapping/model.js";
import { type PrecisionRequest, parseBytes, parseQuality } from "../precision/request.js";
import type { Precision } from "../storage/plan.js";
import { list, truncationValue } from "./options.js";
import { requireRole } from "./require-role.js";
import type { Session } from "./session.js";

/** What `convert` and `port` are asked to write. */
export interface ExportRequest {
  readonly formats: readonly ExportFormat[];
  readonly passes: string | undefined;
  readonly truncation: number | undefined;
  readonly precision: PrecisionRequest;
  /** Of ONNX. */
  readonly compute: Precision;
}

interface ExportArguments {
  readonly to: string | readonly string[];
  readonly dtype: Precision | undefined;
  readonly quality: string | undefined;
  readonly maxBytes: string | undefined;
  readonly truncation: number | undefined;
  readonly passes: string | undefined;
  readonly compute: Precision | undefined;
}

/** Convolutions in int8 are plain ones or phases, never tap by tap. */
const INT8_PASSES = "default,-upsample-as-taps,upsample-as-phases";

/** Throws a {@link UsageError} for what cannot be meant, before anything is opened. */
export function exportRequest(args: ExportArguments): ExportRequest {
  const { to, dtype, quality, maxBytes, truncation, compute = "float32" } = args;
  const names = list(to);
  const unknown = names.find((name) => !EXPORT_FORMATS.some((format) => format === name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(`--to: expected tfjs, onnx, safetensors, found ${unknown ?? "none"}`);
  }
  if (compute !== "float32" && names.some((name) => name !== "onnx")) {
    throw new UsageError(`--compute ${compute}: expected --to onnx alone, found --to ${names.join(",")}`, {
      hint: "Only ONNX computes in fewer bits: export the other formats in a run of their own.",
    });
  }
  return {
    formats: EXPORT_FORMATS.filter((format) => names.includes(format)),
    compute,
    passes: args.passes ?? (compute === "int8" ? INT8_PASSES : undefined),
    truncation: truncation === undefined ? undefined : truncationValue(truncation),
    precision: {
      ...(dtype === undefined ? {} : { dtype }),
      ...(quality === undefined ? {} : { quality: parseQuality(quality) }),
      ...(maxBytes === undefined ? {} : { maxBytes: parseBytes(maxBytes) }),
    },
  };
}

/** Rewrites the graph for each format and, where fewer bits are asked for, chooses and measures them, with progress. */
export async function prepareExport(
  model: Model,
  request: ExportRequest,
  session: Session,
): Promise<readonly PreparedFormat[]> {
  const { dtype, quality, maxBytes } = request.precision;
  const inFloat32 = [dtype ?? "float32", request.compute].every((precision) => precision === "float32");
  const plain = inFloat32 && quality === undefined && maxBytes === undefined;
  // What these cost is measured in pictures, and statistics are a generator's.
  if (!plain) requireRole(model, "generator", "fewer bits (--dtype, --quality, --max-bytes, --compute)");
  if (request.truncation !== undefined) requireRole(model, "generator", "--truncation");
  const prepared = prepareFormats(model, request);
  if (plain) return prepared;
  // Loaded when wanted: it brings the back-ends along.
  const { planFormats } = await import("./plan-formats.js");
  return await planFormats(prepared, request, session);
}
