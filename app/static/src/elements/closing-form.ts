import { closeOffline } from "../offline/errands";
import { outboxOf } from "../offline/outbox";
import { posted } from "../offline/posting";

/** `<closing-form safari user place begun>` around "Afronden": the same with and without a connection. */
class ClosingForm extends HTMLElement {
  #busy = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#go();
    });
  }

  async #go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const notice = this.querySelector<HTMLElement>("[data-trouble]");
    if (notice) notice.hidden = true;
    try {
      await this.#close();
    } catch {
      if (notice) notice.hidden = false;
      notice?.scrollIntoView({ block: "center" });
    } finally {
      this.#busy = false;
    }
  }

  async #close(): Promise<void> {
    const form = this.querySelector("form") as HTMLFormElement;
    const [safari, user] = [this.getAttribute("safari") ?? "", this.getAttribute("user") ?? ""];
    const waiting = (await outboxOf(user)).filter((row) => row.safari_id === safari && row.state !== "sent");
    const ending = waiting.some((row) => row.kind === "closure");
    // The server has yet to hear that it began: it would not know this safari.
    const unheard = waiting.some((row) => row.kind === "opening");
    const to = ending || unheard ? null : await posted(form);
    if (to === "asked") return form.submit();
    if (!to && !this.hasAttribute("begun")) throw new Error("a plan changes with a connection only");
    const debrief = String(new FormData(form).get("debrief") ?? "").trim();
    if (!to && !ending) await closeOffline(user, safari, this.getAttribute("place") ?? "", debrief);
    location.assign(to ?? `/safaris/${safari}`);
  }
}

customElements.define("closing-form", ClosingForm);
