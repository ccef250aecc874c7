import { fileURLToPath } from "node:url";

/** What browsers load, as the build wrote it: of the project, unless another build is to be tested. `page/web.js` is the library. */
export const WEB_BUILD = process.env["BIGGAN_PORT_WEB"] ?? fileURLToPath(new URL("../../dist/web", import.meta.url));
