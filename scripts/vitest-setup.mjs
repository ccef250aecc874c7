import { build } from "./setup.mjs";

/** Tests of the command line run what users run: the built program, as the sources are now. */
export default function setup() {
  build();
}
