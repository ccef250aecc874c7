import { FormatError } from "../../core/errors.js";
import { biggan_port } from "./onnx.generated.js";
import { type TensorEntry, tensorEntry } from "./tensor-entry.js";
import { bytesAt, DAMAGED, type Field, fieldAt, startWalk, type Walk, type Walked } from "./walk.js";

const { StringEntry } = biggan_port.onnx;

/** What a model says of itself, and where its tensors are. */
export interface ModelIndex {
  /** `metadata_props` */
  readonly metadata: ReadonlyMap<string, string>;
  /** By name, in the order of the file. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

/** Fields of ModelProto and GraphProto: https://github.com/onnx/onnx/blob/v1.16.2/onnx/onnx.proto#L309 */
const MODEL_GRAPH = 7;
const MODEL_METADATA = 14;
const GRAPH_INITIALIZER = 5;

/** BigGAN-deep-512 has 500; bounds the memory that a file of tiny tensors can make of itself. */
const MAX_TENSORS = 100_000;

/** Configuration, source, passes and warnings of an export take a few kilobytes. */
const MAX_METADATA_BYTES = 4 * 1024 * 1024;

/** Walks a whole model, jumping over nodes and tensors' bytes. Throws a {@link FormatError} for what is no model. */
export function* indexModel(file: string, byteLength: number): Walk<ModelIndex> {
  const walked = startWalk(file, byteLength);
  const metadata = new Map<string, string>();
  let metadataBytes = 0;
  let graph: Field | undefined;
  for (let at = 0; at < byteLength; ) {
    const field = yield* fieldAt(walked, at, byteLength, "model");
    at = field.end;
    if (!field.delimited) continue;
    if (field.number === MODEL_GRAPH) {
      if (graph !== undefined) throw fault(file, field, "model", "one graph", "two");
      graph = field;
    } else if (field.number === MODEL_METADATA) {
      metadataBytes += field.end - field.content;
      if (metadataBytes > MAX_METADATA_BYTES) {
        throw fault(file, field, "metadata", `at most ${MAX_METADATA_BYTES} bytes`, "more");
      }
      const { key, value } = yield* stringEntry(walked, field);
      if (metadata.has(key)) throw fault(file, field, "metadata", "each key once", `${JSON.stringify(key)} twice`);
      metadata.set(key, value);
    }
  }
  if (graph === undefined) {
    throw new FormatError({ file, field: "model" }, "a graph", "none", DAMAGED);
  }
  return { metadata, tensors: yield* tensorsOf(walked, graph) };
}

function* tensorsOf(walked: Walked, { content, end }: Field): Walk<ReadonlyMap<string, TensorEntry>> {
  const tensors = new Map<string, TensorEntry>();
  let count = 0;
  for (let at = content; at < end; ) {
    const field = yield* fieldAt(walked, at, end, "graph");
    at = field.end;
    if (field.number !== GRAPH_INITIALIZER || !field.delimited) continue;
    if (++count > MAX_TENSORS) throw fault(walked.file, field, "tensors", `at most ${MAX_TENSORS}`, "more");
    const entry = yield* tensorEntry(walked, field);
    if (entry === undefined) continue;
    if (tensors.has(entry.name)) {
      throw fault(walked.file, field, "tensors", "each name once", `${JSON.stringify(entry.name.slice(0, 80))} twice`);
    }
    tensors.set(entry.name, entry);
  }
  return tensors;
}

function* stringEntry(walked: Walked, field: Field): Walk<{ readonly key: string; readonly value: string }> {
  const bytes = yield* bytesAt(walked, field.content, field.end);
  try {
    const { key, value } = StringEntry.decode(bytes);
    return { key, value };
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw fault(walked.file, field, "metadata", "a protocol buffer", found);
  }
}

function fault(file: string, { start }: Field, field: string, expected: string, found: string): FormatError {
  return new FormatError({ file, offset: start, field }, expected, found, DAMAGED);
}
