import { define } from "../lib/define";
import { filled } from "../lib/words";
import { hereFor, unsent } from "../offline/here";
import { answers } from "../offline/posting";
import { retryAll } from "../offline/sending";
import { leave } from "../offline/session";


/** `<sign-out user>` around the form that signs out. What is still on this phone is told first; then everything is
 *  locked and the kept pages go, and only then the form is sent. Without script the form is simply sent. */
class SignOut extends HTMLElement {
  #told = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#begin();
    });
    this.addEventListener("click", (event) => {
      const on = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
      if (on && "sendFirst" in on.dataset) void this.#sendFirst();
      else if (on && "anyway" in on.dataset) void this.#leave();
    });
  }

  get #user(): string {
    return this.getAttribute("user") ?? "";
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  async #begin(): Promise<void> {
    if (!(await answers())) return this.#ask({ "[data-needs-net]": true });
    const { rows, drafts } = await hereFor(this.#user).catch(() => ({ rows: [], drafts: [] }));
    const [waiting, unfinished] = [unsent(rows).length, drafts.length];
    if (!waiting && !unfinished) return this.#leave();
    this.#count(waiting, unfinished);
    this.#ask({
      "[data-left]": true,
      "[data-anyway]": true,
      "[data-send-first]": waiting > 0,
      "[data-look]": waiting === 0,
    });
  }

  #count(waiting: number, unfinished: number): void {
    const line = this.querySelector<HTMLElement>("[data-many]");
    if (!line) return;
    const { oneUnsent, manyUnsent, oneDraft, manyDraft } = line.dataset;
    const said = (n: number, one = "", many = ""): string[] => (n ? [filled(n === 1 ? one : many, { num: n })] : []);
    line.textContent = [...said(waiting, oneUnsent, manyUnsent), ...said(unfinished, oneDraft, manyDraft)].join(" ");
  }

  #ask(shown: Record<string, boolean>): void {
    const parts = ["left", "needs-net", "not-locked", "send-first", "look", "anyway"].map((name) => `[data-${name}]`);
    for (const part of parts) {
      for (const found of this.querySelectorAll<HTMLElement>(part)) found.hidden = !shown[part];
    }
    if (!this.#dialog?.open) this.#dialog?.showModal();
  }

  async #sendFirst(): Promise<void> {
    void retryAll();
    location.assign("/outbox");
  }

  /** Locks before the session ends: in between, nobody else can be signed in on this phone. */
  async #leave(): Promise<void> {
    try {
      await leave(this.#user);
    } catch {
      if (!this.#told) {
        this.#told = true;
        return this.#ask({ "[data-not-locked]": true, "[data-anyway]": true });
      }
    }
    this.querySelector("form")?.submit();
  }
}

define("sign-out", SignOut);
