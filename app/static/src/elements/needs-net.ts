import { keptPages } from "../offline/pages";

let kept = new Set<string>();

async function look(): Promise<void> {
  kept = new Set((await keptPages()).map((page) => page.path));
}

/** Does this address open now: with a connection any, without one what is kept here. */
export function opens(address: string): boolean {
  const url = new URL(address, location.href);
  return navigator.onLine || (Boolean(navigator.serviceWorker?.controller) && kept.has(url.pathname));
}

/** A link that leads nowhere without a connection says so, where you tapped. */
function tapped(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  const words = document.querySelector<HTMLTemplateElement>("template#needs-net");
  if (!link || !words || event.defaultPrevented || link.origin !== location.origin || opens(link.href)) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  document.querySelector("[data-needs-net]")?.remove();
  const notice = words.content.firstElementChild?.cloneNode(true) as HTMLElement;
  notice.dataset.needsNet = "";
  (link.closest("li, p, .row-head, .field-top, .q-head") ?? link).after(notice);
  notice.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", tapped);
document.addEventListener("klantsafari:kept", () => void look());
void look().catch(() => undefined);
