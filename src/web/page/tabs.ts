import { part } from "./dom.js";
import { VIEWS, type View } from "./state.js";

/** The switch between views: arrows move within it, Tab leaves it. */
export function createTabs(onView: (view: View) => void): (view: View) => void {
  const panel = part("panel", HTMLElement);
  const tabs = VIEWS.map((view) => ({ view, tab: part(`tab-${view}`, HTMLButtonElement) }));

  function go(at: number): void {
    const next = tabs.at(at % tabs.length);
    next?.tab.focus();
    if (next !== undefined) onView(next.view);
  }

  tabs.forEach(({ view, tab }, at) => {
    tab.addEventListener("click", () => onView(view));
    tab.addEventListener("keydown", ({ key }) => {
      if (key === "ArrowRight") go(at + 1);
      if (key === "ArrowLeft") go(at - 1);
      if (key === "Home") go(0);
      if (key === "End") go(-1);
    });
  });

  return (shown) => {
    for (const { view, tab } of tabs) {
      tab.setAttribute("aria-selected", String(view === shown));
      tab.tabIndex = view === shown ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `tab-${shown}`);
  };
}
