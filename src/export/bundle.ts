import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parameterCount } from "../graph/graph.js";
import { mappingHash } from "../mapping/mapping-hash.js";
import type { Model } from "../mapping/open-model.js";
import { openReference } from "../runtime/reference/open-reference.js";
import { version } from "../version.js";
import { writeGoldens } from "./goldens.js";
import type { Manifest, ParitySummary } from "./manifest.js";
import { exportTfjs } from "./tfjs.js";
import { writeManifest } from "./write-manifest.js";
import { asExport, type ExportedFile, inFolder, writeExported } from "./written-file.js";

/** A file that is in memory already, such as a report. */
export interface ExtraFile {
  /** Below the export's folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface BundleOptions {
  readonly labels?: readonly string[] | undefined;
  readonly parity?: ParitySummary | undefined;
  readonly extraFiles?: readonly ExtraFile[];
  readonly signal?: AbortSignal | undefined;
  /** What is being done, and how much of it: bytes of weights, then golden pictures. */
  readonly onProgress?: (stage: "weights" | "goldens", done: number, total: number) => void;
}

/**
 * Fills a folder with an export that proves itself: the tfjs model, golden inputs and outputs from the float64 reference,
 * class names, extra files, and a manifest with the hash of each. The same model and tool give the same bytes.
 */
export async function writeBundle(folder: string, model: Model, options: BundleOptions = {}): Promise<Manifest> {
  const { labels, parity, extraFiles = [], signal, onProgress } = options;
  const { graph, config } = model;
  const parameters = model.parameters();

  const tfjs = await exportTfjs(graph, parameters, join(folder, "tfjs"), {
    signal,
    onProgress: (done, total) => onProgress?.("weights", done, total),
  });
  const files: ExportedFile[] = inFolder("tfjs", tfjs);

  const reference = await openReference(graph, parameters, { signal });
  const goldens = await writeGoldens(folder, graph, reference, {
    signal,
    onProgress: (done, total) => onProgress?.("goldens", done, total),
  }).finally(() => reference[Symbol.asyncDispose]());
  files.push(goldens.file);

  const extras = [...extraFiles];
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

  const grid = config.truncationGrid;
  const manifest: Manifest = {
    format: "biggan-port",
    formatVersion: 1,
    tool: { name: "biggan-port", version },
    model: {
      family: config.family,
      name: basename(model.file).replace(/\.(tar\.gz|tgz)$/, ""),
      resolution: graph.resolution,
      classes: graph.classes,
      zDim: graph.zDim,
      parameters: parameterCount(graph),
      config: { ...config },
      truncation: { kind: "input", grid, range: [Math.min(...grid), Math.max(...grid)] },
    },
    source: {
      kind: model.kind,
      file: basename(model.file),
      mapping: { name: model.resolution.mapping.name, sha256: mappingHash(model.resolution.mapping) },
    },
    files,
    layers: [...graph.layers.keys()],
    goldens: { file: goldens.file.path, cases: goldens.cases },
    ...(parity === undefined ? {} : { parity }),
    warnings: model.warnings,
  };
  await writeManifest(folder, manifest);
  return manifest;
}
