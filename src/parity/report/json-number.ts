import { z } from "zod";

const NAMED = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY } as const;

/**
 * A number that survives JSON: `"NaN"`, `"Infinity"` and `"-Infinity"` stand as strings, all others as numbers. (Plain JSON
 * would turn them into null, and a run that gave NaN would read as one that was not measured.)
 */
export const jsonNumber = z.codec(
  z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]),
  z.union([z.number(), z.nan(), z.literal(Number.POSITIVE_INFINITY), z.literal(Number.NEGATIVE_INFINITY)]),
  {
    decode: (value) => (typeof value === "number" ? value : NAMED[value]),
    encode: (value) => {
      if (Number.isNaN(value)) return "NaN" as const;
      if (value === Number.POSITIVE_INFINITY) return "Infinity" as const;
      return value === Number.NEGATIVE_INFINITY ? ("-Infinity" as const) : value;
    },
  },
);
