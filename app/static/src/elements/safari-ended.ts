import { outboxOf } from "../offline/outbox";
import { onProgress } from "../offline/sending";

/** `<safari-ended safari user>`: this phone closed the safari and the server does not know it yet. */
class SafariEnded extends HTMLElement {
  #ended = false;

  connectedCallback(): void {
    onProgress(({ step }) => void (step === "sent" && this.#look()));
    void this.#look();
  }

  async #look(): Promise<void> {
    const rows = await outboxOf(this.getAttribute("user") ?? "").catch(() => []);
    const ours = rows.filter((row) => row.kind === "closure" && row.safari_id === this.getAttribute("safari"));
    if (ours.some((row) => row.state !== "sent")) this.#show();
    // Now the server can tell what came of it.
    else if (this.#ended && navigator.onLine) location.reload();
  }

  #show(): void {
    this.#ended = true;
    for (const part of document.querySelectorAll<HTMLElement>("[data-ended], [data-once-ended]")) part.hidden = false;
    for (const part of document.querySelectorAll<HTMLElement>("[data-while-running]")) part.hidden = true;
  }
}

customElements.define("safari-ended", SafariEnded);
