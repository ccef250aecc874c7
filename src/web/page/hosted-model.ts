/** What a page can show of a model before it is loaded. */
export interface HostedModel {
  readonly name: string;
  readonly classes: number;
  readonly resolution: number;
  readonly bakedTruncation: number | undefined;
  readonly labels: readonly string[] | undefined;
  /** The parity report's address, where the export brings one. */
  readonly report: string | undefined;
}

const MAX_CLASSES = 100_000;
const REPORT = "report/index.html";

/**
 * Reads the manifest for what names the controls. undefined where it is missing or says something else: what is wrong with it
 * is told by the load itself.
 */
export async function readHostedModel(manifest: string): Promise<HostedModel | undefined> {
  const content = await readJson(manifest);
  const model = field(content, "model");
  const [classes, resolution] = [field(model, "classes"), field(model, "resolution")];
  if (typeof classes !== "number" || !(classes >= 1 && classes <= MAX_CLASSES)) return undefined;
  if (typeof resolution !== "number") return undefined;
  const files = field(content, "files");
  const paths = (Array.isArray(files) ? files : []).map((file) => field(file, "path"));
  const beside = (path: string) => new URL(path, new URL(manifest, location.href)).href;
  const truncation = field(model, "truncation");
  const baked = field(truncation, "kind") === "baked" ? field(truncation, "value") : undefined;
  const labels = paths.includes("labels.json") ? await readJson(beside("labels.json")) : undefined;
  const name = field(model, "name");
  return {
    name: typeof name === "string" ? name : String(field(model, "family")),
    classes,
    resolution,
    bakedTruncation: typeof baked === "number" ? baked : undefined,
    labels: Array.isArray(labels) && labels.length === classes ? labels.map(String) : undefined,
    report: paths.includes(REPORT) ? beside(REPORT) : undefined,
  };
}

async function readJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
