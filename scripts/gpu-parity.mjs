// `node scripts/gpu-parity.mjs [MODEL …]`: every back-end of a machine with an NVIDIA GPU against float64, layer by layer, on both
// fixtures and on the models named; writes bench/results/gpu-parity-<gpu>.json. Exit codes as biggan-port: 5 when something is not
// explained, 7 when there is no GPU or a back-end failed. Not run on real hardware yet: docs/backends.md says what that means.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { basename, join } from "node:path";
import { build, install, root } from "./setup.mjs";

const FIXTURES = ["fixtures/biggan-mini.tar.gz", "fixtures/biggan-deep-mini.tar.gz"];
const NOT_EXPLAINED = 5;
const BACKEND_FAILED = 7;

function fail(message, code = BACKEND_FAILED) {
  console.error(`gpu-parity: ${message}`);
  process.exit(code);
}

/** What the driver says of the first GPU. */
function nvidiaGpu() {
  const query = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];
  const { status, stdout, error } = spawnSync("nvidia-smi", query, { encoding: "utf8" });
  if (status !== 0) {
    fail(`expected a machine with an NVIDIA GPU, found none (nvidia-smi: ${error?.code ?? `exit ${status}`})`);
  }
  const [name, driver, memory] = stdout.trim().split("\n")[0].split(", ");
  return { name, driver, memory };
}

/** The program's one JSON document and its exit code. */
function program(args) {
  const { status, stdout } = spawnSync(process.execPath, ["bin/biggan-port.js", ...args, "--json"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (stdout.trim() === "") fail(`biggan-port ${args.join(" ")}: exit ${status}, no document`, 1);
  return { status, document: JSON.parse(stdout) };
}

/** One back-end on one model: verdict and largest difference of each layer, or the error. */
function measure(model, backend) {
  const start = performance.now();
  const { status, document } = program(["parity", model, "--backend", backend, "--against", "float64"]);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  if (document.error !== undefined) return { backend, status, seconds, error: document.error.message };
  const comparisons = document.comparisons.filter(({ candidate }) => candidate === backend);
  // A verdict over nothing would read as a success.
  if (comparisons.length === 0) return { backend, status: 1, seconds, error: "parity made no comparison" };
  return {
    backend,
    status,
    seconds,
    runtime: document.runtimes[backend],
    comparisons: comparisons.map(({ reference, cases, verdict, layers }) => ({
      reference,
      cases,
      verdict,
      layers: Object.fromEntries(layers.map(({ layer, difference }) => [layer, difference.maxAbs])),
    })),
  };
}

const gpu = nvidiaGpu();
install();
build();
const doctor = program(["doctor"]).document;
const reached = doctor.adapters.filter(({ software }) => !software).map(({ backend }) => backend);
const cuda = doctor.backends
  .filter(({ backend, ok }) => ok && backend === "tfjs-node-gpu")
  .map(({ backend }) => backend);
const onGpu = [...new Set([...reached, ...cuda])];
if (onGpu.length === 0) {
  fail(`${gpu.name} is there, but no back-end reaches it; biggan-port doctor and docs/backends.md say what to install`);
}
console.error(`${gpu.name}, driver ${gpu.driver}: ${onGpu.join(", ")} on the GPU`);

const backends = doctor.backends
  .filter(({ backend, ok }) => ok && backend !== "reference")
  .map(({ backend }) => backend);
const notRun = doctor.backends
  .filter(({ ok }) => !ok)
  .map(({ backend, reason, command }) => ({ backend, reason, command }));
const models = [...FIXTURES, ...process.argv.slice(2)].map((model) => ({
  model: basename(model),
  results: backends.map((backend) => {
    const result = measure(model, backend);
    console.error(
      `${basename(model)} ${backend}: ${result.error ?? result.comparisons[0].verdict}, ${result.seconds} s`,
    );
    return result;
  }),
}));

const { version, node, platform, processor, cores, browser, adapters } = doctor;
const machine = { gpu, platform, kernel: release(), processor, cores };
const result = {
  tool: `biggan-port ${version}`,
  date: new Date().toISOString(),
  machine,
  node,
  browser,
  adapters,
  onGpu,
  models,
  notRun,
};
const slug = gpu.name
  .toLowerCase()
  .replace(/[^a-z0-9]+/g, "-")
  .replace(/^-|-$/g, "");
const folder = join(root, "bench", "results");
mkdirSync(folder, { recursive: true });
const file = join(folder, `gpu-parity-${slug}.json`);
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(file);

const all = models.flatMap(({ results }) => results);
if (all.some(({ error, status }) => error !== undefined && status !== NOT_EXPLAINED)) process.exitCode = BACKEND_FAILED;
else if (all.some(({ status }) => status === NOT_EXPLAINED)) process.exitCode = NOT_EXPLAINED;
