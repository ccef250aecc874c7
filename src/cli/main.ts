import yargs from "yargs";
import { isPortError, UsageError } from "../core/errors.js";
import { account } from "../core/timings.js";
import { version } from "../version.js";
import type { OpenSession, Parser } from "./command.js";
import { createSession, type Session, withInterrupts } from "./session.js";
import { timingTable } from "./timing-table.js";

export { tuneFor } from "./v8-flags.js";

/** Adds itself to the parser. */
type Command = (parser: Parser, open: OpenSession) => void;

/** Loaded only when they are wanted: half the start of the program is reading code. */
const COMMANDS = {
  port: async () => (await import("./commands/port.js")).portCommand,
  inspect: async () => (await import("./commands/inspect.js")).inspectCommand,
  check: async () => (await import("./commands/check.js")).checkCommand,
  convert: async () => (await import("./commands/convert.js")).convertCommand,
  run: async () => (await import("./commands/run.js")).runCommand,
  parity: async () => (await import("./commands/parity.js")).parityCommand,
  sample: async () => (await import("./commands/sample.js")).sampleCommand,
  score: async () => (await import("./commands/score.js")).scoreCommand,
  interpolate: async () => (await import("./commands/interpolate.js")).interpolateCommand,
  diff: async () => (await import("./commands/diff.js")).diffCommand,
  serve: async () => (await import("./commands/serve.js")).serveCommand,
  doctor: async () => (await import("./commands/doctor.js")).doctorCommand,
} satisfies Record<string, () => Promise<Command>>;

type OnLoaded = (command: string | undefined) => void;

const commandOf = (args: readonly string[]) => args.find((argument) => !argument.startsWith("-"));

const HELP: ReadonlySet<string> = new Set(["--help", "help"]);

/** The one that the command line begins with, or all of them for the overview and for slips of the finger; the version needs none. */
function wantedCommands(args: readonly string[]): readonly (() => Promise<Command>)[] {
  if (args[0] === "--version") return [];
  const named = Object.entries(COMMANDS).filter(([name]) => name === commandOf(args));
  return (named.length > 0 ? named : Object.entries(COMMANDS)).map(([, load]) => load);
}

/** Runs one command line; the promise gives the exit code of the contract and never rejects. `onLoaded` is called when the command's code is there. */
export async function main(args: readonly string[], onLoaded: OnLoaded = () => {}): Promise<number> {
  const json = args.includes("--json");
  let session: Session | undefined;
  try {
    await withInterrupts((signal) =>
      parse(args, onLoaded, (quiet) => {
        session = createSession({ json, quiet }, signal);
        return session;
      }),
    );
    return 0;
  } catch (error) {
    return report(error, json && !session?.documented);
  }
}

async function parse(args: readonly string[], onLoaded: OnLoaded, open: (quiet: boolean) => Session): Promise<void> {
  const parser = yargs([...args])
    .scriptName("biggan-port")
    .usage(
      "$0 <command>\n\nPorts pretrained BigGAN and BigGAN-deep from TF Hub, PyTorch and HDF5 checkpoints, and proves that the port is right.",
    )
    .option("json", { type: "boolean", default: false, describe: "One JSON document on stdout, nothing else" })
    .option("timings", {
      type: "boolean",
      default: false,
      describe: "What each stage of the work has cost, at the end",
    })
    .option("quiet", { type: "boolean", default: false, describe: "No progress and no remarks" })
    .demandCommand(1, "name a command, for example: biggan-port port fixtures/biggan-mini.tar.gz -o out")
    .strict()
    .recommendCommands()
    .exitProcess(false)
    .version(version)
    // Our own words are English: no mixture with the system's language.
    .locale("en")
    // yargs renders the help of every command that it runs; wrapping it takes longer than all else that it does.
    .wrap(args.some((argument) => HELP.has(argument)) ? 110 : null)
    .epilogue(
      "Exit codes: 0 done, 1 fault of the program, 2 wrong usage, 3 bad file, 4 mapping does not fit, 5 parity not met, 6 cannot be exported, 7 back-end missing, 130 interrupted.",
    )
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  for (const command of await Promise.all(wantedCommands(args).map((load) => load()))) command(parser, open);
  onLoaded(commandOf(args));
  account("start of the program", performance.now());
  const { timings } = await parser.parseAsync();
  if (timings) for (const line of timingTable()) process.stderr.write(`${line}\n`);
}

/** For wrong usage that has no better advice of its own. */
const HELP_HINT = "Add --help to see the options and examples.";

function report(error: unknown, json: boolean): number {
  const { code, message, exitCode, ...told } = isPortError(error) ? error : fault(error);
  const hint = told.hint ?? (code === "usage" ? HELP_HINT : undefined);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
  else process.stderr.write(`${message}\n${hint === undefined ? "" : `${hint}\n`}`);
  return exitCode;
}

/** A fault of this program: the stack is what a bug report needs. */
function fault(error: unknown) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const hint = "This is a fault of biggan-port, not of your file: please report it with the text above.";
  return { code: "fault", message, hint, exitCode: 1 };
}
