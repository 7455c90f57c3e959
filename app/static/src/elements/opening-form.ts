import { type Beginning, openOffline } from "../offline/errands";
import { posted } from "../offline/posting";
import { uuid7 } from "../offline/uuid";

/** `<opening-form user>` around "Helm op": with a connection the form as it is, without one a safari on this phone. */
class OpeningForm extends HTMLElement {
  #busy = false;

  connectedCallback(): void {
    if (!this.hasAttribute("typed")) this.#fresh();
    addEventListener("pageshow", (event) => event.persisted && this.#fresh());
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#go();
    });
  }

  get #form(): HTMLFormElement {
    return this.querySelector("form") as HTMLFormElement;
  }

  /** Made here, so that it is the same safari however often and by whichever way it is sent. */
  #fresh(): void {
    this.#box("id").value = uuid7();
  }

  #box(name: string): HTMLInputElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }

  async #go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#trouble(null);
    try {
      const to = await posted(this.#form);
      if (to === "asked") this.#form.submit();
      else if (to) location.assign(to);
      else this.#trouble(await this.#onThePhone());
    } catch {
      this.#trouble("storage");
    } finally {
      this.#busy = false;
    }
  }

  async #onThePhone(): Promise<"plan" | "guide" | null> {
    const safari = this.#chosen();
    if (this.#box("planned_for").value) return "plan";
    if (!navigator.serviceWorker?.controller) return "guide";
    if (!(await openOffline(this.getAttribute("user") ?? "", safari, document.documentElement.lang))) return "guide";
    location.assign(`/safaris/${safari.id}`);
    return null;
  }

  #chosen(): Beginning {
    const place = this.querySelector<HTMLInputElement>("input[name=location_id]:checked");
    return {
      id: this.#box("id").value,
      location_id: place?.value ?? "",
      place: place?.labels?.[0]?.textContent?.trim() ?? "",
      guide_version_id: this.#box("guide_version_id").value,
      target: Number(this.#box("target").value),
      goal: this.#box("goal").value.trim(),
      back_office: this.querySelector("input[name=back_office]:checked") !== null,
    };
  }

  #trouble(why: string | null): void {
    for (const notice of this.querySelectorAll<HTMLElement>("[data-trouble]")) {
      notice.hidden = notice.dataset.trouble !== why;
      if (!notice.hidden) notice.scrollIntoView({ block: "center" });
    }
  }
}

customElements.define("opening-form", OpeningForm);
