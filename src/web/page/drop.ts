import { part } from "./dom.js";

export interface DropEvents {
  onFiles(files: readonly File[], name: string): void;
  onHosted(): void;
  onError(words: string): void;
}

/** The visitor's own model: dropped anywhere on the page, or chosen in a dialog. */
export interface DropZone {
  /** Shows the way back to the site's own model, or not. */
  setHosted(name: string, isOpen: boolean): void;
}

export function createDropZone({ onFiles, onHosted, onError }: DropEvents): DropZone {
  const dialog = part("own", HTMLDialogElement);
  const back = part("own-back", HTMLButtonElement);
  const files = part("own-files", HTMLInputElement);
  const folder = part("own-folder", HTMLInputElement);
  const veil = part("drop-veil", HTMLElement);

  part("own-open", HTMLButtonElement).addEventListener("click", () => dialog.showModal());
  back.addEventListener("click", () => {
    dialog.close();
    onHosted();
  });
  // The inputs are hidden, for browsers draw them in their own way; the buttons are what is seen and focused.
  for (const [button, input] of [
    [part("own-choose-files", HTMLButtonElement), files],
    [part("own-choose-folder", HTMLButtonElement), folder],
  ] as const) {
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      take([...(input.files ?? [])]);
      input.value = "";
    });
  }

  function take(found: readonly File[]): void {
    dialog.close();
    const [first] = found;
    if (first === undefined) onError("There is no file in what you dropped.");
    else onFiles(found, first.webkitRelativePath.split("/")[0] || first.name);
  }

  let depth = 0;
  const showVeil = (by: number) => {
    depth = Math.max(0, depth + by);
    veil.hidden = depth === 0;
  };
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  addEventListener("dragenter", (event) => carriesFiles(event) && showVeil(1));
  addEventListener("dragleave", (event) => carriesFiles(event) && showVeil(-1));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carriesFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    showVeil(-depth);
    droppedFiles(event.dataTransfer).then(take, () => onError("What you dropped could not be read."));
  });

  return {
    setHosted(name, isOpen) {
      back.hidden = isOpen;
      back.textContent = `Back to ${name}`;
    },
  };
}

/** A folder of a model has some dozens of files; whoever drops a whole disk is not left waiting. */
const MAX_FILES = 2000;

/** All files, those in folders too, with their paths as a file input gives them. */
async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files];
  const found: File[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MAX_FILES) return;
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    // A dropped file does not know its folder; what reads models goes by the paths.
    const path = entry.fullPath.replace(/^\//, "");
    if (path !== file.name) Object.defineProperty(file, "webkitRelativePath", { value: path });
    found.push(file);
  }
  if (entry instanceof FileSystemDirectoryEntry) {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const one of some) await collect(one, found);
    }
  }
}
