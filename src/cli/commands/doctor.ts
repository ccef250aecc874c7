import { availableParallelism, cpus, totalmem } from "node:os";
import { type BackendState, surveyBackends } from "../../runtime/backends.js";
import { type BrowserState, surveyBrowser } from "../../runtime/browser/survey.js";
import { version } from "../../version.js";
import type { OpenSession, Parser } from "../command.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";
import { formatTable } from "../table.js";

/** What this machine has, and what to install for more. */
export function doctorCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "doctor",
    "What this machine has: Node, back-ends, GPU adapters, browsers; what to install for more",
    (yargs) => yargs.example("$0 doctor --json", "the same for a script"),
    async (args) => {
      const session = open(args.quiet);
      const machine = {
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        processor: cpus()[0]?.model.trim() ?? "unknown",
        cores: availableParallelism(),
        memoryBytes: totalmem(),
      };
      const browser = await surveyBrowser();
      const states = await surveyBackends();
      const adapters = adaptersOf(states);
      session.document({ version, ...machine, browser, adapters, backends: states.map(flatten) });

      session.print(`biggan-port ${version}, Node ${machine.node} on ${machine.platform}`);
      session.print(`${machine.processor}, ${machine.cores} cores, ${formatBytes(machine.memoryBytes)}`);
      session.print(browserLine(browser));
      session.print();
      printBackends(states, session);
    },
  );
}

function flatten({ backend, where, availability }: BackendState) {
  return { backend, where, ...availability };
}

/** What computes behind the back-ends that have a GPU or a stand-in for one. */
function adaptersOf(states: readonly BackendState[]) {
  return states.flatMap(({ backend, availability }) =>
    availability.ok && availability.adapter !== undefined ? [{ backend, ...availability.adapter }] : [],
  );
}

function browserLine(browser: BrowserState): string {
  if (!browser.ok) return `No browser for the browser back-ends: ${browser.reason}`;
  return `Chromium ${browser.version}, ${browser.path}`;
}

function printBackends(states: readonly BackendState[], session: Session): void {
  const rows = states.map(({ backend, where, availability }) => [
    availability.ok ? "ok" : "-",
    backend,
    where,
    availability.ok
      ? `${availability.detail}${availability.adapter?.software ? " (software)" : ""}`
      : availability.reason,
  ]);
  for (const line of formatTable(rows)) session.print(line);

  const commands = new Set(
    states.flatMap(({ availability }) => (availability.ok ? [] : [availability.command ?? ""])).filter(Boolean),
  );
  if (commands.size > 0) {
    session.print();
    session.print("For more:");
    for (const command of commands) session.print(`  ${command}`);
  }
  const gpus = states.flatMap(({ availability }) => (availability.ok ? [availability.adapter] : [])).filter(Boolean);
  if (gpus.length > 0 && gpus.every((adapter) => adapter?.software)) {
    session.print();
    session.print("No GPU found: WebGPU and WebGL are computed by the processor, rightly but slowly.");
  }
}
