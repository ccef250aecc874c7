import { part } from "./dom.js";

const KEY = "biggan-port-theme";
type Theme = "dark" | "light";

/** A switch between dark and light. Until it is used, the page follows the system. */
export function startTheme(): void {
  const button = part("theme", HTMLButtonElement);
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = remembered();

  function show(): void {
    if (chosen === undefined) delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = chosen;
    const dark = (chosen ?? (system.matches ? "dark" : "light")) === "dark";
    button.setAttribute("aria-pressed", String(dark));
  }

  button.addEventListener("click", () => {
    chosen = button.getAttribute("aria-pressed") === "true" ? "light" : "dark";
    remember(chosen);
    show();
  });
  system.addEventListener("change", show);
  show();
}

/** Storage may be forbidden; then the choice holds as long as the page. */
function remembered(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === "dark" || value === "light" ? value : undefined;
  } catch {
    return undefined;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Forbidden: nothing is remembered.
  }
}
