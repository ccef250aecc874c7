/** A file of a drop, with its place in the folder that was dropped: `biggan-128/saved_model.pb`. It can be sent to a worker. */
export interface DroppedFile {
  readonly path: string;
  readonly file: Blob;
}

/** To be asked for before a file is sent anywhere: a copy does not know its folder any more. */
export function droppedFile(file: File): DroppedFile {
  return { path: file.webkitRelativePath || file.name, file };
}
