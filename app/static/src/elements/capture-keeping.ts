import { wireNote } from "../offline/note";
import { freeze } from "../offline/outbox";
import { admits } from "../offline/posting";
import { must } from "./capture-fields";
import { isFull } from "../offline/store";
import { seeOff } from "./capture-leaving";
import { takesBack } from "./capture-note";
import type { CapturePage } from "./capture-page";

/** "Bewaar": freezes the note into the outbox, once; only then does the screen say that it is saved. */
export class Keeping {
  #busy = false;

  constructor(private readonly page: CapturePage) {}

  /** For a new note on the same page. */
  reset(): void {
    this.#busy = false;
  }

  async keep(withdrawn = false): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const { page } = this;
    let kept = false;
    try {
      await page.media.finish();
      if (!page.complete() || (!withdrawn && this.#asksFirst())) return;
      const draft = page.collected();
      await page.autosave.flush();
      const note = wireNote(draft, page.asked, page.getAttribute("consent") ?? "");
      await freeze(draft, note);
      await page.autosave.stop();
      seeOff(page, draft);
      kept = true;
    } catch (error) {
      await this.#fallback(isFull(error));
    } finally {
      this.#busy = kept;
    }
  }

  /** Who says no after having told: what was told goes, and you are asked before. */
  #asksFirst(): boolean {
    const { page } = this;
    const asks = takesBack(page.form, page.asked, page.draft);
    if (asks) must<HTMLDialogElement>(page, "#withdraw").showModal();
    return asks;
  }

  /** The phone keeps nothing: the plain form still can, when the server is there. One that goes nowhere would take
   *  the words off the screen, and they are nowhere else. */
  async #fallback(full: boolean): Promise<void> {
    this.page.screen.saved("failed", full);
    if (await admits(this.page.draft.user_id)) this.page.form.submit();
  }
}
