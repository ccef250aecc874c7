import { stat } from "node:fs/promises";
import path from "node:path";
import { FormatError } from "../../core/errors.js";
import type { TensorInfo, TensorSource } from "../../core/tensor-source.js";
import { timed } from "../../core/timings.js";
import { openFile as openDiskFile, unreadable } from "../../io/file-source.js";
import type { UnpackOptions } from "../../io/unpack-tar-gz.js";
import { createWorkspace } from "../../io/workspace.js";
import { parseHubModule } from "../saved-model/hub-module-def.js";
import type { MetaGraph, Signature } from "../saved-model/types.js";
import { isOnDisk, lazyFiles } from "../tf-bundle/shards.js";
import { type OpenBundleOptions, openTensorBundle, type TensorBundle } from "../tf-bundle/tensor-bundle.js";
import { type GraphFacts, readGraphFacts } from "./graph-facts.js";
import { readGraphFile, readWhole, withSparseGraph } from "./graph-file.js";
import { isFile, MODULE_DEF, SAVED_MODEL, VARIABLES } from "./hub-files.js";
import { lostStatistics } from "./lost-statistics.js";
import { plainName } from "./names.js";
import { readRows } from "./placed-rows.js";
import { statisticScopes } from "./scopes.js";
import { type DerivedTensor, type StatisticFiles, standingStatistics } from "./standing-statistics.js";

/** `tfhub_module.pb` is two bytes. */
const MAX_MODULE_DEF_BYTES = 1 << 20;

/** A TF1 Hub module: its variables and statistics as tensors, and what its graph says. Dispose it to close files and remove what was unpacked. */
export interface HubModule extends AsyncDisposable {
  /** The variables, without `module/` and `:0`, and for each batch norm `SCOPE/standing_mean` and `SCOPE/standing_var`, [rows, channels]. */
  readonly source: TensorSource;
  /** Undefined when there is no `saved_model.pb`. */
  readonly facts: GraphFacts | undefined;
  /** What is missing or unusual, and what is lost by it. */
  readonly warnings: readonly string[];
  readonly signatures: ReadonlyMap<string, Signature>;
  /** The graph, for evaluating it, read again: what is needed of it to read the tensors has been taken out. Undefined when there is no `saved_model.pb`. */
  readMetaGraph(): Promise<MetaGraph | undefined>;
  /** For messages about the graph. */
  readonly graphFile: string;
}

export interface OpenHubModuleOptions extends Pick<UnpackOptions, "signal" | "onProgress"> {
  /** How files of the module are opened; the one hook for counting or redirecting reads. */
  readonly openFile?: OpenBundleOptions["openFile"];
  /** Called when the variables are known and can be read, before the graph is: what it starts in another thread runs beside that. */
  readonly onVariables?: ((variables: Pick<TensorSource, "tensors" | "place">) => void) | undefined;
}

/**
 * Opens a module: an unpacked folder, or a `.tar.gz`, which is unpacked into a temporary folder. No weight is read.
 * Without `saved_model.pb` it opens with a warning, and has the statistics of truncation 1 only; a damaged one is a {@link FormatError}.
 *
 * @example
 * await using hub = await openHubModule("biggan-deep-128.tar.gz");
 */
export async function openHubModule(file: string, options: OpenHubModuleOptions = {}): Promise<HubModule> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (found.isDirectory()) return await openFolder(file, file, options);
  const workspace = await createWorkspace();
  try {
    // Loaded when wanted: a folder needs no archives.
    const { unpackHubModule } = await import("./hub-archive.js");
    const hub = await openFolder(await unpackHubModule(file, workspace.path, options), file, options);
    const dispose = async () => {
      await hub[Symbol.asyncDispose]();
      await workspace[Symbol.asyncDispose]();
    };
    return { ...hub, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await workspace[Symbol.asyncDispose]();
    throw error;
  }
}

/** `label` is what the user named: the folder itself, or the archive that it was unpacked from. */
async function openFolder(folder: string, label: string, options: OpenHubModuleOptions): Promise<HubModule> {
  const graphFile = path.join(label, SAVED_MODEL);
  const graphPath = path.join(folder, SAVED_MODEL);
  const files = lazyFiles(options.openFile ?? openDiskFile);
  const bundle = await openTensorBundle(path.join(folder, VARIABLES), VARIABLES, options);
  try {
    const variables = plainVariables(bundle);
    options.onVariables?.({ tensors: variables, place: (name) => bundle.place(nameIn(variables, name)) });
    const scopes = statisticScopes(variables);
    const graph = () => files.get(graphPath);
    const followed = (await isFile(graphPath))
      ? await withSparseGraph(await graph(), graphFile, options, (metaGraph) => ({
          facts: timed("graph: follow", 0, () => readGraphFacts(graphFile, metaGraph, scopes)),
          signatures: metaGraph.signatures,
        }))
      : undefined;
    const facts = followed?.facts;
    const derived = standingStatistics(facts, scopes, { bundle, graph }, variables);
    const warnings = [
      ...[...bundle.unsupported].map(([name, reason]) => `${bundle.file}: ${name}: ${reason}`),
      ...(await checkModuleDef(path.join(folder, MODULE_DEF), path.join(label, MODULE_DEF), options)),
      ...(facts?.warnings ?? []).map((warning) => `${graphFile}: ${warning}`),
      ...(await lostStatistics({ graphFile, facts, scopes, derived, bundle, variables }, options)),
    ];
    return {
      source: hubSource(label, bundle, variables, derived, {
        graph,
        graphPlace: isOnDisk(options.openFile) ? graphPath : undefined,
      }),
      facts,
      warnings,
      signatures: followed?.signatures ?? new Map<string, Signature>(),
      readMetaGraph: () => readGraphFile(graphPath, graphFile, options),
      graphFile,
      async [Symbol.asyncDispose]() {
        await files.close();
        await bundle[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await files.close();
    await bundle[Symbol.asyncDispose]();
    throw error;
  }
}

/** What the bundle calls a variable. */
function nameIn(variables: ReadonlyMap<string, TensorInfo>, name: string): string {
  return variables.get(name)?.name ?? name;
}

/** The variables by their plain names; each entry keeps the name that the bundle knows. */
function plainVariables(bundle: TensorSource): ReadonlyMap<string, TensorInfo> {
  const variables = new Map<string, TensorInfo>();
  for (const tensor of bundle.tensors.values()) {
    const name = plainName(tensor.name);
    const other = variables.get(name);
    if (other !== undefined) {
      throw new FormatError(
        { file: bundle.file, field: `tensor ${name}` },
        "one",
        `two: ${other.name}, ${tensor.name}`,
      );
    }
    variables.set(name, tensor);
  }
  return variables;
}

async function checkModuleDef(file: string, label: string, options: OpenHubModuleOptions): Promise<readonly string[]> {
  if (!(await isFile(file))) return [];
  const { warning } = parseHubModule(label, await readWhole(file, label, MAX_MODULE_DEF_BYTES, options));
  return warning === undefined ? [] : [warning];
}

/** How the graph's file is read, and where it is on the disk. */
interface GraphAccess extends Pick<StatisticFiles, "graph"> {
  readonly graphPlace: string | undefined;
}

function hubSource(
  label: string,
  bundle: TensorBundle,
  variables: ReadonlyMap<string, TensorInfo>,
  derived: readonly DerivedTensor[],
  { graph, graphPlace }: GraphAccess,
): TensorSource {
  const statistics = new Map(derived.map((tensor) => [tensor.info.name, tensor]));
  const named = [...variables].map(([name, info]): TensorInfo => ({ ...info, name }));
  const all = [...named, ...derived.map(({ info }) => info)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    file: label,
    format: "tf-hub",
    tensors: new Map(all.map((info) => [info.name, info])),
    async read(name, options = {}) {
      const statistic = statistics.get(name);
      if (statistic !== undefined) return await statistic.read(options);
      return await bundle.read(nameIn(variables, name), options);
    },
    async slice(name, start, end, options = {}) {
      const statistic = statistics.get(name);
      if (statistic?.rows !== undefined) return await readRows(await graph(), statistic.rows, [start, end], options);
      if (statistic !== undefined) {
        const bytes = (await statistic.read(options)).subarray(start, end);
        if (options.into === undefined) return bytes.slice();
        options.into.set(bytes);
        return options.into.subarray(0, bytes.length);
      }
      return await bundle.slice(nameIn(variables, name), start, end, options);
    },
    async *pieces(name, options = {}) {
      const statistic = statistics.get(name);
      if (statistic !== undefined) yield await statistic.read(options);
      else yield* bundle.pieces(nameIn(variables, name), options);
    },
    place(name) {
      const statistic = statistics.get(name);
      if (statistic === undefined) return bundle.place(nameIn(variables, name));
      const { rows } = statistic;
      if (rows === undefined || graphPlace === undefined) return undefined;
      const { offsets, rowBytes } = rows;
      const [offset = 0] = offsets;
      const areAdjacent = offsets.every((each, row) => each === offset + row * rowBytes);
      return { file: graphPlace, offset, rowOffsets: areAdjacent ? undefined : offsets, areFinite: true };
    },
    [Symbol.asyncDispose]: () => bundle[Symbol.asyncDispose](),
  };
}
