// Pictures from the exported folder `model/` beside this page. The library is a file of the export: no bundler, no package.
import { loadGenerator } from "./model/page/web.js";

const element = (id) => document.getElementById(id);
const [form, pictures, progress, status] = ["form", "pictures", "progress", "status"].map(element);
const COUNT = 4;

/** Errors have words for the visitor, and most a hint. */
function fail(error) {
  progress.hidden = true;
  status.textContent = [error.message, error.hint].filter(Boolean).join(" ");
}

function showProgress(state) {
  status.textContent = state.stage;
  if (state.stage === "download") Object.assign(progress, { value: state.bytes, max: state.total });
  else progress.removeAttribute("value");
}

function show(picture) {
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  canvas.getContext("2d").putImageData(picture, 0, 0);
  pictures.append(canvas);
}

async function draw(generator) {
  const { class: label, seed, truncation } = Object.fromEntries(new FormData(form));
  const start = performance.now();
  pictures.replaceChildren();
  await generator.generate(
    { class: label, seed: Number(seed), truncation: Number(truncation), count: COUNT },
    { onPicture: show },
  );
  const each = Math.round((performance.now() - start) / COUNT);
  status.textContent = `${generator.backend.backend}: ${COUNT} pictures, ${each} ms each`;
}

try {
  const generator = await loadGenerator("model/manifest.json", { onProgress: showProgress });
  progress.hidden = true;
  const { labels = [] } = generator.model;
  element("classes").append(...labels.map((label) => new Option(label)));
  await draw(generator);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw(generator).catch(fail);
  });
  form.querySelector("button").disabled = false;
} catch (error) {
  fail(error);
}
