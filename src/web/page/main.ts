import type { WebGenerator } from "../index.js";
import { part } from "./dom.js";
import { createDropZone } from "./drop.js";
import { randomSeed } from "./fields.js";
import { createGallery, fitToModel, type GalleryModel } from "./gallery.js";
import { readHostedModel } from "./hosted-model.js";
import { createLinkSync } from "./link-sync.js";
import { createLoadingCard } from "./loading.js";
import { createNotices } from "./notices.js";
import { keepForOffline } from "./offline.js";
import { decodeLink, HASH_DIGITS, isSameModel, type Permalink } from "./permalink.js";
import { download, encodePictures } from "./picture-files.js";
import { stateInWords } from "./recipe.js";
import { createSession, type Origin, type Phase } from "./session.js";
import { createStore, fitState } from "./state.js";
import { createStatus } from "./status.js";
import { startTheme } from "./theme.js";
import { counted, failureInWords, slug } from "./words.js";

const MANIFEST = new URL("manifest.json", document.baseURI).href;
const HOSTED: Origin = { kind: "hosted", manifest: MANIFEST };

startTheme();
const notices = createNotices();
const fail = (error: unknown) => notices.tell(failureInWords(error));

/** What is to be shown once it is known what the model can show: a link's wishes, or what was shown before. */
let wanted: Permalink = decodeLink(location.hash);
/** Whether what is shown has been fitted to a model already. */
let adopted = false;
let origin: Origin | undefined;
let generator: WebGenerator | undefined;
let hostedName = "this site’s model";
let report: string | undefined;

const store = createStore(fitState(wanted.state, { classes: Number.MAX_SAFE_INTEGER }).state, (state) => {
  gallery.render(state);
  if (generator !== undefined) sync.later(state, generator.model.hash);
});
const status = createStatus((backend) => void session.chooseBackend(backend));
const gallery = createGallery(store, notices, status.time);
const sync = createLinkSync((fragment) => {
  wanted = decodeLink(fragment);
  if (generator === undefined) return;
  answerWish(generator.model);
  compareFingerprints(generator.model);
});
const session = createSession(showPhase, (words) => {
  notices.tell(words);
  status.show(generator, statusExtra());
});
const card = createLoadingCard({
  onCancel: session.cancel,
  onRetry: () => void session.retry(),
  onHosted: () => void session.open(HOSTED),
  onStage: notices.say,
});
const dropZone = createDropZone({
  onFiles: (files, name) => void session.open({ kind: "dropped", files, name }),
  onHosted: () => void session.open(HOSTED),
  onError: notices.tell,
});

/** Shows what is wanted as far as the model can, and says where it cannot. */
function answerWish(model: GalleryModel): void {
  const { state, words } = fitToModel(wanted.state, model);
  for (const one of words) notices.tell(one);
  store.set(state);
  gallery.render(store.get());
}

/** A link knows the model that it was made with. */
function compareFingerprints({ name, hash }: { readonly name: string; readonly hash: string }): void {
  if (!isSameModel(wanted, hash)) {
    const other = `This link was made with another model (${wanted.model}).`;
    notices.tell(`${other} The pictures here are drawn by ${name} (${hash.slice(0, HASH_DIGITS)}): they differ.`);
  }
  wanted = { state: {}, model: undefined };
}

function adopt(model: GalleryModel & { readonly name: string }): void {
  part("model-name", HTMLElement).textContent = model.name;
  gallery.adopt(model);
  answerWish(model);
  adopted = true;
}

function statusExtra() {
  return { report: origin?.kind === "hosted" ? report : undefined };
}

function showPhase(phase: Phase): void {
  origin = phase.origin;
  card.show(phase);
  generator = phase.kind === "ready" ? phase.generator : undefined;
  gallery.use(generator);
  status.show(generator, statusExtra());
  dropZone.setHosted(hostedName, phase.origin.kind === "hosted");
  // The card says what is left to say of it, and nothing should lie over the card.
  if (phase.kind === "failed") notices.clear();
  if (phase.kind !== "ready") return;
  const { model } = phase.generator;
  if (adopted) wanted = { state: store.get(), model: wanted.model };
  adopt(model);
  compareFingerprints(model);
  sync.later(store.get(), model.hash);
  for (const warning of model.warnings) notices.tell(warning);
  void keepForOffline();
}

part("reroll", HTMLButtonElement).addEventListener("click", () => {
  const { view, from, to } = store.get();
  const ends = { from: { ...from, seed: randomSeed() }, to: { ...to, seed: randomSeed() } };
  store.set(view === "morph" ? { ...ends, zoom: undefined } : { seed: randomSeed(), zoom: undefined });
});

async function save(): Promise<void> {
  const items = gallery.view().items();
  const pictures = items.flatMap(({ picture }) => (picture === undefined ? [] : [picture]));
  if (pictures.length < items.length || pictures.length === 0) {
    notices.confirm(`${pictures.length} of ${counted(items.length, "picture")} are drawn: wait until all are there.`);
    return;
  }
  const state = store.get();
  const name = slug(`${gallery.view().title(state)} ${stateInWords(state)}`);
  download(await encodePictures(pictures, gallery.view().columns()), `${name}.png`);
}
part("save", HTMLButtonElement).addEventListener("click", () => void save().catch(fail));

async function copyLink(): Promise<void> {
  const address = sync.now(store.get(), generator?.model.hash);
  try {
    await navigator.clipboard.writeText(address);
    notices.confirm("The link to exactly these pictures is copied.");
  } catch {
    notices.tell(`This browser does not let the page copy. The link is in the address bar: ${address}`);
  }
}
part("copy-link", HTMLButtonElement).addEventListener("click", () => void copyLink());

void session.open(HOSTED);
gallery.render(store.get());
const hosted = await readHostedModel(MANIFEST);
if (hosted !== undefined) {
  hostedName = hosted.name;
  report = hosted.report;
  // What the controls are called is known long before the weights are here.
  if (generator === undefined) adopt(hosted);
  else status.show(generator, statusExtra());
}
