import { generatorGraph, publishedConfig } from "../../../src/models/generator.js";
import type { Comparison } from "../../../src/parity/compare.js";
import { difference } from "../../../src/parity/measures.js";
import type { ComparedImages } from "../../../src/parity/pictures.js";
import { buildReport } from "../../../src/parity/report/build-report.js";
import type { ReportData } from "../../../src/parity/report/report-data.js";
import type { ParityResult } from "../../../src/parity/run-parity.js";

const LAYERS = ["stem", "block0", "block1", "attention", "block2", "final", "image"];

export interface ExampleOptions {
  /** Stands wherever a file's own text could. */
  readonly name?: string;
  /** The last candidate is off from block1 on, with NaN in its pictures. */
  readonly broken?: boolean;
}

/** Two back-ends against float64, and our graph against a file. All numbers are made up, and always the same. */
export function exampleResult({ name = "reference.npz", broken = false }: ExampleOptions = {}): ParityResult {
  const comparisons = [
    comparisonOf("reference", name, 0.08),
    comparisonOf("tfjs-wasm", "our graph in float64", 0.3),
    comparisonOf(broken ? name : "tfjs-cpu", "our graph in float64", 0.0004, broken),
  ];
  return {
    comparisons,
    runtimes: {
      reference: { description: "float64, plain loops" },
      "tfjs-wasm": { description: `tfjs ${name}`, adapter: { name, vendor: name, software: true } },
    },
    notRun: [{ backend: "tfjs-node", reason: name, command: `npm install ${name}` }],
    verdict: broken ? "not explained" : "explained by rounding",
  };
}

export function exampleReport(options: ExampleOptions = {}): ReportData {
  const { name = "star", broken = false } = options;
  const result = exampleResult(options);
  const config = publishedConfig("biggan", 128);
  const numbers = {
    shape: [2, 3],
    min: Number.NaN,
    max: Number.POSITIVE_INFINITY,
    mean: -1,
    rms: 1,
    nan: 6,
    infinite: 0,
  };
  const finding = { kind: "epsilon-1e-5", change: name, places: [name], residual: 1e-9, explains: true };
  const lost = { ...finding, residual: Number.POSITIVE_INFINITY, explains: false };
  const points = [0.02, 0.5, 1].map((truncation, index) => ({
    truncation,
    maxAbs: index === 1 ? Number.NaN : 1e-6,
    bound: 1e-5,
  }));
  return buildReport({
    title: name,
    description: name,
    model: { file: `/somewhere/${name}`, kind: name, config, graph: generatorGraph(config), warnings: [name] },
    labels: undefined,
    result,
    compared: result.comparisons.map((comparison, index) => imagesOf(comparison, index, broken && index === 2)),
    samples: {
      facts: { backend: "tfjs-wasm", seed: 0, truncation: 0.5, rows: [name, "fish"], columns: 1 },
      pngs: [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)],
    },
    sweep: {
      reference: name,
      candidate: name,
      label: name,
      seed: 7,
      rows: 3,
      note: name,
      found: { points, images: pictures(3, 0), verdict: "not explained" },
    },
    diagnosis: {
      reference: name,
      candidate: name,
      minimalCase: name,
      diagnosis: {
        layer: name,
        alsoOff: [name],
        inputs: { z: pictures(1, 0), y: pictures(1, 0), truncation: 1 },
        difference: difference(pictures(1, 0), pictures(1, 0.5)),
        bound: 1e-6,
        tensors: [{ role: "parameter", name, tensor: pictures(1, 0), numbers }],
        findings: [finding, lost],
        causes: [finding],
      },
    },
    moduleState: { explanation: name, layers: [{ layer: name, maxAbs: 0.2, meanAbs: Number.NaN }] },
    provenance: {
      mapping: { name, sha256: "0".repeat(64) },
      node: "20.0.0",
      system: "Linux, x64",
      sha256: "1".repeat(64),
      bytes: 5,
    },
  });
}

function comparisonOf(candidate: string, reference: string, factor: number, broken = false): Comparison {
  const measured = difference(pictures(2, 0), pictures(2, 1e-6));
  const layers = LAYERS.map((layer, depth): Comparison["layers"][number] => {
    const bound = 1e-6 * (depth + 1);
    const off = broken && depth >= 2;
    const nonFinite = off && layer === "image" ? 3 : 0;
    const maxAbs = nonFinite > 0 ? Number.POSITIVE_INFINITY : off ? 0.25 : bound * factor;
    return {
      layer,
      shape: [2, 4, 4, 3],
      difference: { ...measured, maxAbs, nonFinite, ...(layer === "image" ? { ssim: 0.999999 } : {}) },
      bound,
      factor: maxAbs / bound,
      verdict: off ? "not explained" : "explained by rounding",
    };
  });
  const verdict = broken ? "not explained" : "explained by rounding";
  return { reference, candidate, cases: 2, layers, verdict, ...(broken ? { firstOff: "block1" } : {}) };
}

function imagesOf(comparison: Comparison, index: number, broken: boolean): ComparedImages {
  const { reference, candidate, verdict } = comparison;
  const found = pictures(2, broken ? 0.3 : 1e-6);
  if (broken) found.data[5] = Number.NaN;
  const y = { shape: [2, 3], data: Float32Array.of(0, 1, 0, 0.5, 0.5, 0) };
  const inputs = { z: { shape: [2, 1], data: new Float32Array(2) }, y, truncation: [0.5, 1] };
  return { comparison: index, reference, candidate, verdict, inputs, seeds: [100, 101], wanted: pictures(2, 0), found };
}

/** [count, 4, 4, 3], each value moved by `shift`. */
function pictures(count: number, shift: number) {
  const data = Float32Array.from({ length: count * 48 }, (_, index) => Math.sin(index) * 0.5 + shift);
  return { shape: [count, 4, 4, 3], data };
}
