interface Prompt extends Event {
  prompt(): Promise<unknown>;
}

/** How this browser can be put on the home screen; "none" when it can't, "done" when it is. */
export type Way = "prompt" | "ios" | "none" | "done";

let offered: Prompt | null = null;
const listeners = new Set<() => void>();

export function way(): Way {
  const { standalone } = navigator as Navigator & { standalone?: boolean };
  if (standalone || matchMedia("(display-mode: standalone)").matches) return "done";
  if (offered) return "prompt";
  return appleTouch() ? "ios" : "none";
}

// An iPad says that it is a Mac; a Mac has no touch screen.
function appleTouch(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

export function onWay(tell: () => void): void {
  listeners.add(tell);
}

/** The browser's own question; it may be asked once. */
export async function install(): Promise<void> {
  const now = offered;
  offered = null;
  await now?.prompt();
  tellAll();
}

function tellAll(): void {
  for (const tell of listeners) tell();
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event as Prompt;
  tellAll();
});

addEventListener("appinstalled", () => {
  offered = null;
  tellAll();
});
