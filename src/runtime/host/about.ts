import { z } from "zod";

const about = z.object({
  /** What runs the model, with its version: `tfjs 4.22.0`. */
  library: z.string(),
  /** The page's own user agent, or Node's version. */
  place: z.string(),
  /** What computes there, in words: `WebGPU`, `WebAssembly (XNNPACK), 2 threads`. */
  engine: z.string(),
  adapter: z.object({ name: z.string(), vendor: z.string(), software: z.boolean() }).optional(),
});

/** What the place where a model runs says of itself. Throws a ZodError when it says anything else. */
export type About = z.infer<typeof about>;

export function parseAbout(facts: unknown): About {
  return about.parse(facts);
}

const failure = z.object({ message: z.string() });

export function parseFailure(facts: unknown): string {
  return failure.parse(facts).message;
}

/** `tfjs 4.22.0, WebGPU on SwiftShader driver 5.0.0 (swiftshader), software, float32, in Mozilla/5.0 …` */
export function describeAbout({ library, engine, adapter, place }: About): string {
  const on = adapter === undefined ? "" : ` on ${adapter.name}${adapter.software ? ", software" : ""}`;
  return `${library}, ${engine}${on}, float32, in ${place}`;
}
