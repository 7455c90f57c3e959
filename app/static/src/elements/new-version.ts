import { busy, onBusy } from "../lib/busy";
import { define } from "../lib/define";

let fresh: ServiceWorker | null = null;
let asked = false;

/** `worker` is ready to take over, or did so because another tab asked. */
export function offer(worker: ServiceWorker | null): void {
  fresh = worker ?? fresh;
  show();
}

/** Only who asked for it here gets a new page, and not while typing. */
export function tookOver(): void {
  if (!asked) return offer(navigator.serviceWorker.controller);
  asked = false;
  if (busy()) show();
  else location.reload();
}

function show(): void {
  for (const bar of document.querySelectorAll<HTMLElement>("new-version")) bar.hidden = !fresh || busy();
}

function renew(): void {
  if (!fresh || busy()) return show();
  if (fresh.state !== "installed") return location.reload();
  asked = true;
  fresh.postMessage({ type: "SKIP_WAITING" });
}

/** `<new-version>`: a bar that offers the next build, as long as nobody is writing. */
class NewVersion extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) renew();
    });
    show();
  }
}

/** Whether this script is the one that keeps watch on this page. */
export const first = define("new-version", NewVersion);
if (first) onBusy(show);
