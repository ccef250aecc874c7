import type { BackendFacts, ModelFacts, WebBackend, WebGenerator } from "../index.js";
import { h, part } from "./dom.js";
import { BACKEND_NAMES, bytesInWords, manyInWords, millisecondsInWords } from "./words.js";

/** Which back-end runs, how it did, and what the model is: a line in the header, and a dialog with all of it. */
export interface Status {
  /** undefined while nothing is loaded. */
  show(generator: WebGenerator | undefined, extra?: StatusExtra): void;
  /** One more picture was drawn. */
  time(milliseconds: number): void;
}

export interface StatusExtra {
  /** The parity report's address. */
  readonly report?: string | undefined;
}

/** Of so many pictures the middle time is shown: the first ones are slower. */
const TIMES = 15;

export function createStatus(onBackend: (backend: WebBackend | undefined) => void): Status {
  const pill = part("status-open", HTMLButtonElement);
  const line = part("status-words", HTMLElement);
  const dialog = part("status", HTMLDialogElement);
  const facts = part("status-facts", HTMLElement);
  const foot = part("model-line", HTMLElement);
  const link = part("report-link", HTMLAnchorElement);
  const choice = part("backend", HTMLSelectElement);
  let current: WebGenerator | undefined;
  let times: number[] = [];
  let scheduled = false;

  pill.addEventListener("click", () => {
    fill();
    dialog.showModal();
  });
  choice.addEventListener("change", () => {
    const wanted = choice.value;
    dialog.close();
    onBackend(wanted === "webgpu" || wanted === "webgl" || wanted === "wasm" ? wanted : undefined);
  });

  function showLine(): void {
    scheduled = false;
    if (current === undefined) {
      line.textContent = "No model yet";
      pill.dataset["state"] = "none";
      return;
    }
    const { selfTest, backend } = current.backend;
    const time = median(times);
    const words = h("span", {}, BACKEND_NAMES[backend], time === undefined ? "" : ` · ${time}`);
    line.replaceChildren(words, h("span", { class: "wide" }, time === undefined ? "" : " a picture"));
    pill.dataset["state"] = selfTest.passed && selfTest.cases > 0 ? "good" : "unknown";
  }

  function fill(): void {
    const rows = current === undefined ? [] : [...backendRows(current.backend), ...modelRows(current.model)];
    const time = median(times);
    if (time !== undefined) rows.splice(2, 0, ["Time", `${time} a picture, the middle of the last ${times.length}`]);
    if (rows.length === 0) rows.push(["Model", "none is loaded"]);
    facts.replaceChildren(...rows.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
  }

  return {
    show(generator, more = {}) {
      if (generator !== current) times = [];
      current = generator;
      foot.textContent = generator === undefined ? "" : modelLine(generator.model);
      link.hidden = more.report === undefined;
      if (more.report !== undefined) link.href = more.report;
      showLine();
      if (dialog.open) fill();
    },
    time(milliseconds) {
      times = [...times.slice(1 - TIMES), milliseconds];
      if (!scheduled) setTimeout(showLine, 200);
      scheduled = true;
    },
  };
}

type Row = readonly [label: string, value: string];

function backendRows({ backend, description, selfTest, refused }: BackendFacts): Row[] {
  return [
    ["Back-end", `${BACKEND_NAMES[backend]} (${description})`],
    ["Self-test", selfTestInWords(selfTest)],
    ...refused.map(({ backend: other, reason }): Row => [`Not ${BACKEND_NAMES[other]}`, reason]),
  ];
}

/** `passed: 4 pictures, the largest difference of a pixel is 1.2e-5, rounding explains 8.0e-4` */
export function selfTestInWords({ cases, worst, bound, passed }: BackendFacts["selfTest"]): string {
  if (cases === 0) return "not possible: the model came without pictures to compare with";
  const many = cases === 1 ? "1 picture" : `${cases} pictures`;
  const difference = `the largest difference of a pixel is ${worst.toExponential(1)}`;
  return `${passed ? "passed" : "failed"}: ${many} compared, ${difference}, rounding explains ${bound.toExponential(1)} (pixels from -1 to 1)`;
}

function modelRows(model: ModelFacts): Row[] {
  return [
    [
      "Model",
      `${model.name}: ${model.family}, ${model.resolution} x ${model.resolution} pixels, ${model.classes} classes`,
    ],
    ["Parameters", `${manyInWords(model.parameters)}, ${bytesInWords(model.bytes)} as ${model.format}`],
    ["Fingerprint", model.hash.slice(0, 12)],
    ...mappingRows(model.mapping),
    ...model.warnings.map((warning): Row => ["Warning", warning]),
  ];
}

function mappingRows(mapping: ModelFacts["mapping"]): Row[] {
  if (mapping === undefined) return [];
  return [["Mapping", `all ${mapping.parameters} parameters filled from ${mapping.tensors} tensors`]];
}

/** `biggan-mini · 32 x 32 · 10 classes · 0.9 million parameters · 1a2b3c4d5e6f` */
function modelLine({ name, resolution, classes, parameters, hash }: ModelFacts): string {
  const parts = [name, `${resolution} × ${resolution}`, `${classes} classes`, `${manyInWords(parameters)} parameters`];
  return [...parts, hash.slice(0, 12)].join(" · ");
}

function median(times: readonly number[]): string | undefined {
  const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  return middle === undefined ? undefined : millisecondsInWords(middle);
}
