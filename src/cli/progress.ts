import type { SingleBar } from "cli-progress";

/** Work of known or still unknown size, in bytes or in steps. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** Redrawing more often than the eye sees costs time and nothing else. */
const FRAMES_PER_SECOND = 10;

/** A bar with amount and time left on stderr when it is a terminal; silent elsewhere, so that logs stay readable. */
export function createProgress(title: string, shown: boolean, unit: "bytes" | "steps" = "bytes"): Progress {
  if (!shown || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const amount = (value: number) => (unit === "bytes" ? formatBytes(value) : String(value));
  let bar: SingleBar | undefined;
  let stopped = false;
  // Loaded while the work has begun: where there is no terminal, never.
  const loading = import("cli-progress").then(({ Presets, SingleBar }) => {
    bar = new SingleBar(
      {
        format: `${title} [{bar}] {percentage}% {amount} of {whole}, {eta_formatted} left`,
        stream: process.stderr,
        fps: FRAMES_PER_SECOND,
        hideCursor: true,
        clearOnComplete: true,
        etaBuffer: 50,
      },
      Presets.legacy,
    );
  });
  loading.catch(() => undefined);
  let started = false;
  return {
    update(done, total) {
      if (bar === undefined || stopped) return;
      const payload = { amount: amount(done), whole: amount(total) };
      if (!started) bar.start(total, done, payload);
      started = true;
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop() {
      stopped = true;
      if (started) bar?.stop();
    },
  };
}

/** `12.3 MiB`, `840 B` */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 2 ** (10 * power);
  return `${power === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${units[power] ?? "B"}`;
}
