import { h, icon, part } from "./dom.js";
import { ICONS } from "./icons.js";

/** Short messages that are read aloud as they come. */
export interface Notices {
  /** Stays until it is closed: something that the visitor should know. */
  tell(words: string): void;
  /** Goes by itself: something that the visitor did. */
  confirm(words: string): void;
  /** Only for those who listen. */
  say(words: string): void;
  /** What was told is over. */
  clear(): void;
}

const CONFIRM_MS = 4000;
const MOST = 4;

export function createNotices(): Notices {
  const list = part("notices", HTMLElement);
  const spoken = part("spoken", HTMLElement);

  function add(words: string): HTMLElement {
    for (const old of [...list.children]) if (old.textContent === words) old.remove();
    while (list.childElementCount >= MOST) list.firstElementChild?.remove();
    const close = h(
      "button",
      { type: "button", class: "icon-button quiet", "aria-label": "Close the notice", click: () => notice.remove() },
      icon(ICONS.close),
    );
    const notice = h("div", { class: "notice" }, h("p", {}, words), close);
    list.append(notice);
    return notice;
  }

  return {
    tell: add,
    confirm(words) {
      const notice = add(words);
      setTimeout(() => notice.remove(), CONFIRM_MS);
    },
    say(words) {
      spoken.textContent = words;
    },
    clear: () => list.replaceChildren(),
  };
}
