import { encodeLink } from "./permalink.js";
import type { PageState } from "./state.js";

/** Keeps the address in step with the page. */
export interface LinkSync {
  /** Soon: browsers forbid more than some changes a second. */
  later(state: PageState, hash: string): void;
  /** Now; the whole address. */
  now(state: PageState, hash: string | undefined): string;
}

const DELAY_MS = 300;

/** `onFragment` hears when the visitor opens another link in this tab. */
export function createLinkSync(onFragment: (fragment: string) => void): LinkSync {
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener("hashchange", ({ newURL }) => {
    clearTimeout(timer);
    // The address itself may have been written over by then, with what the page was like before.
    onFragment(new URL(newURL).hash);
  });

  function now(state: PageState, hash: string | undefined): string {
    clearTimeout(timer);
    const url = new URL(location.href);
    url.hash = encodeLink(state, hash);
    history.replaceState(null, "", url);
    return url.href;
  }

  return {
    now,
    later(state, hash) {
      clearTimeout(timer);
      timer = setTimeout(() => now(state, hash), DELAY_MS);
    },
  };
}
