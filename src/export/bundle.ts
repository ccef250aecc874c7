import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ParameterSource } from "../core/parameter-source.js";
import { stageCosts } from "../core/timings.js";
import { type ExportFormat, encodeDescription } from "../formats/description/description.js";
import type { Graph } from "../graph/graph.js";
import { type WeightThread, withThread } from "../io/weight-thread/weight-thread.js";
import type { OnnxCompute } from "../lowering/onnx-graph.js";
import type { Model } from "../mapping/model.js";
import type { PrecisionPlan } from "../storage/plan.js";
import { describeModel } from "./describe-model.js";
import { goldenCases, goldensAreCheap } from "./golden-cases.js";
import type { Goldens } from "./goldens.js";
import type { Manifest, ParitySummary } from "./manifest.js";
import { copyPage, type PageFile } from "./page.js";
import { precisionRecord } from "./precision-record.js";
import { type PreparedFormat, prepareFormats } from "./prepare-formats.js";
import { writeManifest } from "./write-manifest.js";
import { asExport, type ExportedFile, inFolder, writeExported } from "./written-file.js";

/** A file that is in memory already, such as a report. */
export interface ExtraFile {
  /** Below the export's folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What has been found of a model and its files. */
export interface Proof {
  readonly parity: ParitySummary;
  readonly extraFiles: readonly ExtraFile[];
}

export interface BundleOptions {
  /** What to write, from {@link prepareFormats}; tfjs with its usual rewrites when not given. */
  readonly formats?: readonly PreparedFormat[] | undefined;
  /** The one truncation of a graph in which it is baked. */
  readonly truncation?: number | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly parity?: ParitySummary | undefined;
  readonly extraFiles?: readonly ExtraFile[];
  /** The demo page, from {@link builtPage}; none when not given. */
  readonly page?: readonly PageFile[] | undefined;
  /** Called when the weights are written, which may then be tried: what is known of them joins the manifest and the files. */
  readonly onWeights?: ((folder: string) => Promise<Proof>) | undefined;
  /** Golden inputs and outputs from the float64 reference; by default those of models that it computes in seconds ({@link goldensAreCheap}). */
  readonly goldens?: boolean | undefined;
  /** Writes what each stage has cost into the manifest, which is then no longer the same at each run. */
  readonly timings?: boolean | undefined;
  /** Which does half of the writing; one of its own when not given. It has ended when this fails. */
  readonly thread?: WeightThread | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What is being done, and how much of it: bytes of weights, then golden pictures. */
  readonly onProgress?: (stage: "weights" | "goldens", done: number, total: number) => void;
}

/**
 * Fills a folder with an export that proves itself: the weights in each format, golden inputs and outputs from the float64 reference,
 * class names, extra files, and a manifest with the hash of each. The same model and tool give the same bytes.
 */
export async function writeBundle(folder: string, model: Model, options: BundleOptions = {}): Promise<Manifest> {
  return await withThread(options.thread, (thread) => fillBundle(folder, model, { ...options, thread }));
}

async function fillBundle(folder: string, model: Model, options: FillOptions): Promise<Manifest> {
  const { graph } = model;
  const {
    formats = prepareFormats(model, { formats: ["tfjs"] }),
    labels,
    parity,
    extraFiles = [],
    page = [],
    onWeights,
    goldens: withGoldens = goldensAreCheap(graph),
    thread,
    signal,
    onProgress,
  } = options;
  const { passes: before, warnings, ...description } = describeModel(model, options.truncation);
  const passesOf = ({ passes }: PreparedFormat) => [...before, ...passes.map(({ name }) => name)];
  const files: ExportedFile[] = [];
  const copied = pageIn(folder, page, thread);
  for (const prepared of formats) {
    files.push(
      ...(await WRITERS[prepared.format](folder, prepared.graph, prepared.parameters, {
        metadata: encodeDescription({ ...description, passes: passesOf(prepared), warnings }),
        plan: prepared.precision?.plan,
        compute: prepared.compute,
        thread,
        signal,
        onProgress: (done, total) => onProgress?.("weights", done, total),
      })),
    );
  }

  const proof = { parity, extraFiles: [], ...(await onWeights?.(folder)) };
  const goldens = withGoldens ? await goldensOf(folder, model, formats, options) : undefined;
  if (goldens !== undefined) files.push(goldens.file);
  files.push(...(await copied));

  const extras = [...extraFiles, ...proof.extraFiles];
  if (labels !== undefined)
    extras.push({ path: "labels.json", bytes: Buffer.from(`${JSON.stringify(labels, null, 2)}\n`) });
  for (const { path, bytes } of extras) {
    files.push(
      await asExport(folder, async () => {
        await mkdir(join(folder, path, ".."), { recursive: true });
        return writeExported(folder, path, bytes);
      }),
    );
  }

  const passes = byFormat(formats, (prepared) => (passesOf(prepared).length === 0 ? undefined : passesOf(prepared)));
  const precision = byFormat(formats, precisionRecord);
  const manifest: Manifest = {
    ...description,
    ...(passes && { passes }),
    ...(precision && { precision }),
    files,
    layers: [...graph.layers.keys()],
    ...(goldens === undefined ? {} : { goldens: goldens.record }),
    ...(proof.parity === undefined ? {} : { parity: proof.parity }),
    warnings,
    ...(options.timings === true ? { timings: Object.fromEntries(stageCosts()) } : {}),
  };
  await writeManifest(folder, manifest);
  return manifest;
}

interface FillOptions extends BundleOptions {
  readonly thread: WeightThread;
}

/** Copied beside the work on weights, and looked at after it; until then a failure must not count as unhandled. */
function pageIn(folder: string, page: readonly PageFile[], thread: WeightThread): Promise<readonly ExportedFile[]> {
  const copied = page.length === 0 ? Promise.resolve([]) : copyPage(folder, page, thread);
  copied.catch(() => undefined);
  return copied;
}

/** What there is to say of each format; undefined when of none. */
function byFormat<T>(
  formats: readonly PreparedFormat[],
  of: (prepared: PreparedFormat) => T | undefined,
): Partial<Record<ExportFormat, T>> | undefined {
  const found: Partial<Record<ExportFormat, T>> = {};
  for (const prepared of formats) {
    const value = of(prepared);
    if (value !== undefined) found[prepared.format] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

interface WriteOptions {
  /** The model's description, which makes each format a model without the manifest too. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly plan: PrecisionPlan | undefined;
  /** Only ONNX has it. */
  readonly compute: OnnxCompute | undefined;
  readonly thread: WeightThread;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

type Writer = (
  folder: string,
  graph: Graph,
  parameters: ParameterSource,
  options: WriteOptions,
) => Promise<readonly ExportedFile[]>;

/** Each loaded when it is wanted. */
const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  tfjs: async (folder, graph, parameters, options) => {
    const { exportTfjs } = await import("./tfjs.js");
    return inFolder("tfjs", await exportTfjs(graph, parameters, join(folder, "tfjs"), options));
  },
  onnx: async (folder, graph, parameters, options) => {
    const { exportOnnx } = await import("./onnx.js");
    return inFolder("onnx", await exportOnnx(graph, parameters, join(folder, "onnx"), options));
  },
  safetensors: async (folder, graph, parameters, options) => {
    const { exportSafetensors } = await import("./safetensors.js");
    return await exportSafetensors(graph, parameters, folder, options);
  },
};

async function goldensOf(
  folder: string,
  { graph, description, parameters }: Model,
  formats: readonly PreparedFormat[],
  { truncation, signal, onProgress }: BundleOptions,
): Promise<Goldens> {
  const before = description?.model.truncation;
  const baked = truncation ?? (before?.kind === "baked" ? before.value : undefined);
  // Loaded when wanted: most conversions of large models do without.
  const { writeGoldens } = await import("./goldens.js");
  return await writeGoldens(
    folder,
    { graph, parameters: parameters() },
    {
      cases: goldenCases(graph.classes, baked),
      formats,
      signal,
      onProgress: (done, total) => onProgress?.("goldens", done, total),
    },
  );
}
