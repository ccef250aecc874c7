import { once } from "node:events";
import { throwIfAborted } from "../../core/errors.js";
import type { OpenSession, Parser } from "../command.js";
import { wholeNumber } from "../options.js";
import { startPageServer } from "../serve/server.js";

/** Usual for servers that are not the only one. */
const DEFAULT_PORT = 8080;

/** The demo page on an exported folder, until Ctrl-C. */
export function serveCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "serve <folder>",
    "The demo page on an exported folder, for this machine alone, until Ctrl-C",
    (yargs) =>
      yargs
        .positional("folder", {
          type: "string",
          demandOption: true,
          describe: "What `convert` or `port` wrote, with tfjs or onnx",
        })
        .option("port", { type: "number", default: DEFAULT_PORT, describe: "Of 127.0.0.1; 0 takes any that is free" })
        .example("$0 serve out/biggan-mini", "what npm start has ported")
        .example("$0 serve web/model --port 0", "on any free port"),
    async (args) => {
      const session = open(args.quiet);
      const port = wholeNumber("port", args.port, 0, 65_535);
      await using server = await startPageServer(args.folder, port);
      const { address, folder } = server;
      const { manifest, page } = folder;
      const { name = manifest.model.family, resolution, classes } = manifest.model;
      session.document({ address, port: server.port, folder: args.folder, model: manifest.model, page });
      session.print(`${name}: ${resolution} x ${resolution}, ${classes} classes`);
      session.print(address);
      session.note("Ctrl-C ends the server.");
      if (!session.signal.aborted) await once(session.signal, "abort");
      throwIfAborted(session.signal);
    },
  );
}
