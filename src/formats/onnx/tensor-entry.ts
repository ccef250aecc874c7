import { FormatError } from "../../core/errors.js";
import { elementCount, formatShape, type Shape } from "../../core/tensor.js";
import { innerPath } from "../inner-path.js";
import { ONNX_TYPES, type OnnxType, onnxTypeOf } from "./data-type.js";
import { biggan_port } from "./onnx.generated.js";
import { bytesAt, DAMAGED, type Field, fieldAt, type Walk, type Walked } from "./walk.js";

const { TensorHead } = biggan_port.onnx;

/** A tensor of a model, its bytes where they are. */
export interface TensorEntry {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: Shape;
  readonly doc: string;
  /** The file beside the model; undefined for the model itself. */
  readonly location: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** TensorProto's fields: https://github.com/onnx/onnx/blob/v1.16.2/onnx/onnx.proto#L498 */
const RAW_DATA = 9;
/** Numbers as fields of the message, each type in its own, which no large tensor uses. */
const TYPED_DATA: ReadonlySet<number> = new Set([4, 5, 6, 7, 10, 11]);

/** Names, extents and a place in another file take some hundred bytes. */
const MAX_HEAD_BYTES = 64 * 1024;

/** ONNX sets no limit; weights have four axes. */
const MAX_RANK = 8;

/**
 * Walks one tensor. Undefined for one that holds no weights (numbers of a type that a generator has not, or given one by one): constants of
 * other writers. Throws a FormatError when extents and bytes do not agree, or a place is outside the model's folder.
 */
export function* tensorEntry(walked: Walked, { content, end }: Field): Walk<TensorEntry | undefined> {
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let raw: Field | undefined;
  let typed = false;
  for (let at = content; at < end; ) {
    const field = yield* fieldAt(walked, at, end, "tensor");
    at = field.end;
    if (field.number === RAW_DATA && field.delimited) raw = field;
    else if (TYPED_DATA.has(field.number)) typed = true;
    else {
      headBytes += field.end - field.start;
      if (headBytes > MAX_HEAD_BYTES) {
        const place = { file: walked.file, offset: content, field: "tensor" };
        throw new FormatError(place, `at most ${MAX_HEAD_BYTES} bytes beside its numbers`, "more", DAMAGED);
      }
      head.push((yield* bytesAt(walked, field.start, field.end)).slice());
    }
  }
  return describe(walked, content, joined(head, headBytes), raw, typed);
}

function describe(
  walked: Walked,
  offset: number,
  head: Uint8Array,
  raw: Field | undefined,
  typed: boolean,
): TensorEntry | undefined {
  const message = decodeHead(walked.file, offset, head);
  const { name, docString: doc, dataType } = message;
  // 64-bit integers arrive as objects that print themselves exactly, whatever their declared type.
  const dims = message.dims.map((extent) => Number(String(extent)));
  const fault = (what: string, expected: string, found: string) =>
    new FormatError(
      { file: walked.file, offset, field: `tensor ${JSON.stringify(name.slice(0, 80))}: ${what}` },
      expected,
      found,
      DAMAGED,
    );
  const type = onnxTypeOf(dataType);
  if (type === undefined || typed) return undefined;
  if (dims.length > MAX_RANK) throw fault("extents", `at most ${MAX_RANK}`, `${dims.length}`);
  const size = elementCount(dims) * ONNX_TYPES[type].bytes;
  if (!dims.every((extent) => Number.isSafeInteger(extent) && extent >= 0) || !Number.isSafeInteger(size)) {
    throw fault("extents", "whole numbers from 0 whose product is below 2^53", formatShape(dims));
  }
  const place = message.dataLocation === 1 ? outside(message.externalData, fault) : inside(raw);
  const found = place.end - place.start;
  if (found !== size) throw fault("bytes", `${size} for ${type} ${formatShape(dims)}`, `${found}`);
  return { name, type, shape: dims, doc, ...place };
}

type Place = Pick<TensorEntry, "location" | "start" | "end">;

function inside(raw: Field | undefined): Place {
  return { location: undefined, start: raw?.content ?? 0, end: raw?.end ?? 0 };
}

/** https://github.com/onnx/onnx/blob/v1.16.2/docs/ExternalData.md */
function outside(
  entries: readonly { readonly key?: string | null; readonly value?: string | null }[],
  fault: (what: string, expected: string, found: string) => FormatError,
): Place {
  const values = new Map(entries.map(({ key, value }) => [key, value ?? ""]));
  const location = values.get("location") ?? "";
  if (!innerPath.safeParse(location).success) {
    throw fault("location", "a path inside the model's folder", JSON.stringify(location.slice(0, 80)));
  }
  const [start, length] = ["offset", "length"].map((key) => {
    const text = values.get(key) ?? (key === "offset" ? "0" : "");
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(number)) throw fault(key, "a whole number", JSON.stringify(text.slice(0, 40)));
    return number;
  });
  return { location, start: start ?? 0, end: (start ?? 0) + (length ?? 0) };
}

/** protobufjs throws plain errors of several kinds for bytes that are no message. */
function decodeHead(file: string, offset: number, bytes: Uint8Array) {
  try {
    return TensorHead.decode(bytes);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError({ file, offset, field: "tensor" }, "a protocol buffer", found, { ...DAMAGED, cause });
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
