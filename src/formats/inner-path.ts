import { z } from "zod";

/** A path below a folder: no absolute path, no `..`, no backslash, so that following it reads nothing outside. */
export const innerPath = z
  .string()
  .regex(/^[^/\\:\0]+(\/[^/\\:\0]+)*$/, "a path with / inside the folder")
  .refine((path) => path.split("/").every((part) => part !== "." && part !== ".."), "a path without . and ..");
