import { define } from "../lib/define";
import { guidePath } from "../offline/bundles";
import { keptPages } from "../offline/pages";

/** `<guide-here safari>`: does this guide open without a connection? With no `safari`: the one that the form chose. */
class GuideHere extends HTMLElement {
  connectedCallback(): void {
    const look = (): void => void this.#look().catch(() => this.#say(false));
    document.addEventListener("klantsafari:kept", look);
    this.closest("opening-form")?.addEventListener("change", look);
    navigator.serviceWorker?.addEventListener("controllerchange", look);
    look();
  }

  async #look(): Promise<void> {
    const pages = await keptPages();
    const page = pages.find(({ path }) => path === this.#needed);
    const files = await Promise.all((page?.assets ?? []).map((file) => caches.match(file, { ignoreVary: true })));
    this.#say(Boolean(page && navigator.serviceWorker?.controller) && files.every(Boolean));
  }

  get #needed(): string {
    const safari = this.getAttribute("safari");
    if (safari) return `/safaris/${safari}/interviews/new`;
    const chosen = document.querySelector<HTMLSelectElement>("select[name=guide_version_id]")?.value ?? "";
    return guidePath(chosen, "interview");
  }

  #say(here: boolean): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-here]")) line.hidden = !here;
    for (const line of this.querySelectorAll<HTMLElement>("[data-not-here]")) line.hidden = here;
  }
}

define("guide-here", GuideHere);
