import { type Html, html, raw } from "./escape.js";

export interface ImageOptions {
  readonly alt: string;
  /** Of the picture's own pixels. */
  readonly side: number;
}

/** Up to this side, pixels are shown as squares when the page enlarges a picture. */
const SMALL_SIDE = 96;

/** A square PNG inside the page. */
export function renderImage(png: Uint8Array, { alt, side }: ImageOptions): Html {
  const data = Buffer.from(png).toString("base64");
  const style = side <= SMALL_SIDE ? html` class="px"` : undefined;
  return html`<img${style} src="data:image/png;base64,${raw(data)}" alt="${alt}" width="${side}" height="${side}">`;
}
