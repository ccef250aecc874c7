// What a page with the library alone does: it loads, draws one picture, and says when. Options stand after the address's #.
import { loadGenerator } from "./page/web.js";

const options = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const stages = [];
const notices = [];

function onProgress({ stage, backend, bytes, total, fromCache }) {
  const last = stages.at(-1);
  if (last?.stage !== stage || last?.backend !== backend) stages.push({ stage, backend, from: performance.now() });
  if (stage === "download") Object.assign(stages.at(-1), { bytes, total, fromCache });
}

async function draw(generator, seed) {
  const started = performance.now();
  const [picture] = await generator.generate({ class: 1, seed });
  const milliseconds = performance.now() - started;
  const canvas = document.querySelector("canvas");
  Object.assign(canvas, { width: picture.width, height: picture.height });
  canvas.getContext("2d").putImageData(picture, 0, 0);
  return milliseconds;
}

async function visit() {
  const generator = await loadGenerator("manifest.json", {
    ...options,
    onProgress,
    onNotice: (words) => notices.push(words),
  });
  const loaded = performance.now();
  await draw(generator, 1);
  const drawn = performance.now();
  globalThis.drawMore = async (count) => {
    const times = [];
    for (let seed = 2; seed < count + 2; seed++) times.push(await draw(generator, seed));
    return times;
  };
  const { model, backend } = generator;
  return { stages, notices, loaded, drawn, model, backend, isolated: crossOriginIsolated };
}

globalThis.visited = visit().catch((error) => ({ error: [error.message, error.hint].filter(Boolean).join(" ") }));
