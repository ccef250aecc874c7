import type { LoadProgress } from "../index.js";
import { part } from "./dom.js";
import { createRateMeter } from "./rate.js";
import type { Origin, Phase } from "./session.js";
import { BACKEND_NAMES, bytesInWords, failureInWords, secondsInWords } from "./words.js";

/** The card over the empty pictures: how far loading is, or what went wrong. */
export interface LoadingCard {
  show(phase: Phase): void;
}

export interface LoadingEvents {
  onCancel(): void;
  onRetry(): void;
  onHosted(): void;
  /** A new stage, in words, for those who listen. */
  onStage(words: string): void;
}

/** Stages in the order in which they come. */
const STAGES: Readonly<Record<LoadProgress["stage"], string>> = {
  download: "Downloading the model",
  port: "Porting your model",
  compile: "Compiling",
  "self-test": "Testing",
};

export function createLoadingCard({ onCancel, onRetry, onHosted, onStage }: LoadingEvents): LoadingCard {
  const card = part("loading", HTMLElement);
  const title = part("loading-title", HTMLElement);
  const words = part("loading-words", HTMLElement);
  const detail = part("loading-detail", HTMLElement);
  const frame = part("stage-frame", HTMLElement);
  const bar = part("loading-bar", HTMLProgressElement);
  const cancel = part("loading-cancel", HTMLButtonElement);
  const retry = part("loading-retry", HTMLButtonElement);
  const back = part("loading-back", HTMLButtonElement);
  cancel.addEventListener("click", onCancel);
  retry.addEventListener("click", onRetry);
  back.addEventListener("click", onHosted);
  let measure = createRateMeter();
  let stage = "";

  function fill(origin: Origin, heading: string, text: string, more: string): void {
    title.textContent = heading;
    words.textContent = text;
    detail.textContent = more;
    back.hidden = origin.kind === "hosted";
  }

  function showProgress(origin: Origin, progress: LoadProgress | undefined): void {
    const [text, more, share] = progressInWords(progress, measure);
    const heading = STAGES[progress?.stage ?? (origin.kind === "hosted" ? "download" : "port")];
    fill(origin, heading, text, more);
    if (share === undefined) bar.removeAttribute("value");
    else bar.value = share;
    if (heading !== stage) onStage(`${heading}.`);
    stage = heading;
  }

  return {
    show(phase) {
      card.hidden = phase.kind === "ready";
      card.classList.toggle("failed", phase.kind === "failed" && !phase.cancelled);
      frame.classList.toggle("idle", phase.kind === "failed");
      const loading = phase.kind === "loading";
      bar.hidden = !loading;
      detail.hidden = !loading;
      cancel.hidden = !loading;
      retry.hidden = loading;
      if (phase.kind === "failed") {
        measure = createRateMeter();
        stage = "";
        fill(phase.origin, ...failureHeading(phase), "");
      }
      if (phase.kind === "loading") showProgress(phase.origin, phase.progress);
    },
  };
}

function failureHeading({ origin, error, cancelled }: Phase & { readonly kind: "failed" }): [string, string] {
  if (cancelled) return ["Cancelled", "What has arrived is kept: it goes on from there."];
  const words = failureInWords(error);
  if (origin.kind === "dropped") return [`${origin.name} could not be ported`, words];
  if (!navigator.onLine) return ["You are offline", `This model is not yet on this device as a whole. ${words}`];
  return ["The model could not be loaded", words];
}

/** A line, a smaller line, and how much is done, 0 … 1. */
function progressInWords(
  progress: LoadProgress | undefined,
  measure: ReturnType<typeof createRateMeter>,
): [string, string, number | undefined] {
  switch (progress?.stage) {
    case undefined:
      return ["Reading what the model is …", "", undefined];
    case "download": {
      const { bytes, total, fromCache } = progress;
      const text = `${bytesInWords(bytes)} of ${bytesInWords(total)}`;
      const rate = measure(bytes, total, fromCache, performance.now());
      const kept = fromCache > 0 ? [`${bytesInWords(fromCache)} kept from your last visit`] : [];
      const speed = rate.perSecond === undefined ? [] : [`${bytesInWords(Math.round(rate.perSecond))} a second`];
      const left = rate.left === undefined || bytes === total ? [] : [`${secondsInWords(rate.left)} left`];
      return [text, [...speed, ...left, ...kept].join(" · "), total === 0 ? undefined : bytes / total];
    }
    case "port": {
      const { step, bytes, total } = progress;
      return [
        step,
        total === 0 ? "" : `${bytesInWords(bytes)} of ${bytesInWords(total)}`,
        total === 0 ? undefined : bytes / total,
      ];
    }
    case "compile":
      return [`Making the model ready for ${BACKEND_NAMES[progress.backend]} …`, "", undefined];
    case "self-test": {
      const { backend, done, total } = progress;
      const text = `Does ${BACKEND_NAMES[backend]} on this device draw the pictures that the model came with?`;
      return [text, `${done} of ${total} compared`, total === 0 ? undefined : done / total];
    }
  }
}
