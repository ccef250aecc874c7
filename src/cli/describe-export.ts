import type { PreparedFormat } from "../export/prepare-formats.js";
import { formatBytes } from "./progress.js";
import { formatTable } from "./table.js";

/** What rewrites saved and what fewer bits cost, in lines; none for a plain export. */
export function describeExport(prepared: readonly PreparedFormat[]): string[] {
  return prepared.flatMap((format) => [...passLines(format), ...precisionLines(format)]);
}

function passLines({ format, passes }: PreparedFormat): string[] {
  if (passes.length === 0) return [];
  const rows = passes.map(({ name, multiplyAddsSaved, bytesSaved }) => [
    name,
    `${(multiplyAddsSaved / 1e6).toFixed(1)} M`,
    bytesSaved < 0 ? `-${formatBytes(-bytesSaved)}` : formatBytes(bytesSaved),
  ]);
  const header = [`${format}: rewrite`, "multiply-adds saved", "bytes saved"];
  return [...formatTable([header, ...rows], [1, 2]), ""];
}

function precisionLines({ format, precision }: PreparedFormat): string[] {
  if (precision === undefined) return [];
  const { bytes, float32Bytes, quality, spared, backend } = precision;
  const size = `${format}: weights ${formatBytes(bytes)}, ${((100 * bytes) / float32Bytes).toFixed(0)} % of float32`;
  const likeness =
    quality === undefined
      ? []
      : [
          `  against float32, ${quality.samples} fresh samples on ${backend}: PSNR ${quality.psnr.overall.toFixed(1)} dB overall, ` +
            `worst picture ${quality.psnr.worst.toFixed(1)} dB; SSIM ${quality.ssim.mean.toFixed(5)}, worst ${quality.ssim.worst.toFixed(5)}`,
        ];
  const kept =
    spared.length === 0
      ? []
      : [`  ${spared.length} parameters kept wider: ${spared[0]?.parameter}: ${spared[0]?.reason}`];
  return [size, ...likeness, ...kept, ""];
}

/** The same for scripts: of each format, what each rewrite saved. */
export function passReports(prepared: readonly PreparedFormat[]) {
  return Object.fromEntries(prepared.map(({ format, passes }) => [format, passes]));
}
