// Plays what worker.js draws: a walk from class to class, without an end. The next stretch is asked for while one is shown.
const worker = new Worker("worker.js", { type: "module" });
const canvas = document.getElementById("canvas");
const status = document.getElementById("status");
const pause = document.getElementById("pause");

const FRAME_MS = 60;
const frames = [];
let isPaused = false;
let isAsked = false;

worker.addEventListener("message", ({ data }) => {
  if (data.status !== undefined) status.textContent = data.status;
  if (data.frame !== undefined) frames.push(data.frame);
  if (data.ready || data.done) isAsked = false;
});
worker.addEventListener("error", ({ message }) => {
  status.textContent = message;
});
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? "Play" : "Pause";
});

function show(frame) {
  Object.assign(canvas, { width: frame.width, height: frame.height });
  canvas.getContext("2d").putImageData(frame, 0, 0);
}

isAsked = true; // Until the worker is ready.
setInterval(() => {
  if (isPaused) return;
  const frame = frames.shift();
  if (frame !== undefined) show(frame);
  if (isAsked || frames.length > 10) return;
  isAsked = true;
  worker.postMessage("next");
}, FRAME_MS);
