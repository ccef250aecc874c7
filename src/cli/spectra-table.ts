import { formatNearOne, formatNumber, plural } from "../parity/report/format.js";
import type { ParameterSpectrum } from "../spectra/model-spectra.js";
import { formatTable } from "./table.js";

const HEADER = [
  "weight",
  "matrix",
  "σ1",
  "σ2",
  "σ3",
  "sigma",
  "sigma/σ1",
  "u0 off by",
  "orthogonality",
  "off-diagonal",
];

const EXPLANATION = [
  "σ1, σ2, σ3: largest singular values of [-1, output channels], before the spectral norm. sigma: what the model divides by.",
  "u0 off by: its angle to the singular vector of σ1. orthogonality: ‖G − I‖ / √n, G [n, n] the products of the columns (or rows,",
  "if fewer), 0 for an orthogonal weight; off-diagonal: the same without G's diagonal.",
];

/** A weight a line, with what the columns mean and what is striking. */
export function spectraLines(spectra: readonly ParameterSpectrum[], isExport: boolean): string[] {
  const rows = spectra.map((spectrum) => {
    const { name, rows, columns, singularValues, sigma, angle, orthogonality, offDiagonal } = spectrum;
    const [first = 0, second, third] = singularValues;
    return [
      name,
      `${rows} x ${columns}`,
      ...[first, second, third].map((value) => (value === undefined ? "" : formatNumber(value, 4))),
      ...(sigma === undefined ? ["", ""] : [formatNumber(sigma, 4), formatNearOne(sigma / first)]),
      angle === undefined ? "" : `${formatNumber(angle, 2)}°`,
      formatNumber(orthogonality, 2),
      formatNumber(offDiagonal, 2),
    ];
  });
  return [
    ...formatTable([HEADER, ...rows], [2, 3, 4, 5, 6, 7, 8, 9]),
    "",
    ...EXPLANATION,
    ...(isExport ? ["An export holds no u0, and its weights are divided by their spectral norm already."] : []),
    ...striking(spectra),
  ];
}

/** A power step from a trained u0 finds σ1 to a few parts in a thousand. */
const SIGMA_OFF = 0.01;

/** Training moves weights from where they began by far more. */
const UNTRAINED = 1e-3;

function striking(spectra: readonly ParameterSpectrum[]): string[] {
  const found: string[] = [];
  const add = (words: string, matches: (spectrum: ParameterSpectrum) => boolean) => {
    const names = spectra.filter(matches).map(({ name }) => name);
    if (names.length > 0)
      found.push(
        `${plural(names.length, "weight")} ${words}: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}`,
      );
  };
  add(
    "with a sigma more than 1 % off σ1 (u0 has not converged, or is of other weights)",
    ({ sigma, singularValues: [largest = 0] }) => sigma !== undefined && Math.abs(sigma / largest - 1) > SIGMA_OFF,
  );
  add("as orthogonal as they begin (not trained?)", ({ orthogonality }) => orthogonality < UNTRAINED);
  add("of zeros", ({ singularValues: [largest = 0] }) => largest === 0);
  return found;
}
