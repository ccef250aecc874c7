import { h } from "./dom.js";

/** A PNG with exactly the picture's pixels. */
export function encodePicture(picture: ImageData): Promise<Blob> {
  return encodePictures([picture], 1);
}

/** A PNG of all pictures, row by row, without gaps. All have one size. */
export async function encodePictures(pictures: readonly ImageData[], columns: number): Promise<Blob> {
  const [first] = pictures;
  if (first === undefined) throw new Error("There is no picture yet.");
  const { width, height } = first;
  const canvas = new OffscreenCanvas(width * columns, height * Math.ceil(pictures.length / columns));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser has no memory left for a picture of this size.");
  pictures.forEach((picture, index) => {
    context.putImageData(picture, (index % columns) * width, Math.floor(index / columns) * height);
  });
  return canvas.convertToBlob({ type: "image/png" });
}

/** Offers a file to be saved. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  // The browser has taken the bytes over by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
