import { word } from "../lib/words";
import { draftOf, discardDraft } from "../offline/drafts";
import { wireNote } from "../offline/note";
import { freeze, outboxOf } from "../offline/outbox";
import { onProgress, startSending } from "../offline/sending";
import type { Draft } from "../offline/shapes";
import { uuid7 } from "../offline/uuid";
import { Autosave } from "./capture-autosave";
import { check, fieldsOf, fill, must, setHidden } from "./capture-fields";
import type { CaptureMedia } from "./capture-media";
import { blankDraft, headlineFor, missingIn, takesBack } from "./capture-note";
import { Quotes } from "./capture-quotes";
import { type Asked, showOverview, showReview } from "./capture-review";
import { Screen } from "./capture-screen";
import { Steps } from "./capture-steps";

/** Around the server's own form: screens, a draft that is never lost, and a note that is sent once. */
class CaptureForm extends HTMLElement {
  #form!: HTMLFormElement;
  #draft!: Draft;
  #autosave!: Autosave;
  #steps!: Steps;
  #quotes: Quotes | null = null;
  #media!: CaptureMedia;
  #screen!: Screen;
  #keeping = false;

  connectedCallback(): void {
    this.#form = must(this, "form#answer");
    this.#media = must(this, "capture-media");
    this.#screen = new Screen(this);
    this.#steps = new Steps(this, (screen) => this.#entered(screen));
    const sheet = this.querySelector<HTMLDialogElement>("#quote-sheet");
    if (sheet) this.#quotes = new Quotes(this.#form, sheet, () => this.#entered(this.#steps.now));
    this.#listen();
    this.#fresh();
    this.#steps.begin(0);
    void this.#restore();
  }

  get #asked(): Asked[] {
    return this.#steps.screens.flatMap(({ dataset: { key, kind, short } }, screen) =>
      key && kind ? [{ key, kind, screen, words: short ?? "" }] : [],
    );
  }

  /** After a plain post the page stands at another address, which cannot be opened again. */
  get #address(): string {
    return `${new URL(this.#form.action).pathname}/new`;
  }

  #fresh(): void {
    this.#keeping = false;
    const typed = this.hasAttribute("typed");
    const id = typed ? must<HTMLInputElement>(this.#form, "[name=note_id]").value : uuid7();
    this.#use(blankDraft(this, id));
    if (typed) this.#touch();
  }

  #use(draft: Draft): void {
    this.#draft = draft;
    this.#autosave = new Autosave(
      () => this.#collected(),
      (state) => this.#screen.saved(state),
    );
    setHidden(this.#form, "note_id", draft.id);
    setHidden(this.#form, "held_at", draft.held_at);
    this.#media.host = { draft, changed: () => this.#touch(), failed: () => this.#screen.saved("failed") };
  }

  async #restore(): Promise<void> {
    const id = new URLSearchParams(location.search).get("draft");
    try {
      const draft = id ? await draftOf(id, this.#draft.user_id) : null;
      if (draft && draft.kind === this.#draft.kind) {
        this.#quotes?.prepare(Object.keys(draft.fields));
        fill(this.#form, draft.fields);
        this.#use(draft);
        await this.#media.show();
        this.#entered(draft.screen);
        this.#steps.begin((history.state as { screen?: number } | null)?.screen || draft.screen);
        this.#screen.saved("kept");
      } else if (id) {
        const sent = (await outboxOf(this.#draft.user_id)).some((row) => row.id === id);
        if (!sent && history.state === null) this.#screen.trouble(word("gone"));
        history.replaceState(history.state, "", this.#address);
      }
    } catch {
      this.#screen.saved("failed");
    }
    this.#media.opens(this.getAttribute("opens") ?? "");
  }

  #collected(): Draft {
    const fields = fieldsOf(this.#form);
    Object.assign(this.#draft, { fields, screen: this.#steps.now, ...headlineFor(this.#form, fields, this.#asked) });
    return structuredClone(this.#draft);
  }

  #touch(): void {
    const address = `${this.#address}?draft=${this.#draft.id}`;
    if (!location.search.includes(this.#draft.id)) history.replaceState(history.state, "", address);
    this.#autosave.touch();
  }

  #listen(): void {
    this.#form.addEventListener("input", () => this.#touch());
    this.#form.addEventListener("change", () => this.#steps.render());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#steps.stepped && this.#steps.kind !== "review") this.#next();
      else void this.#keep();
    });
    this.addEventListener("click", (event) => {
      const on = event.target instanceof Element ? event.target.closest<HTMLElement>("button, a") : null;
      if (on) this.#clicked(on, event);
    });
    for (const name of ["pagehide", "visibilitychange"]) {
      addEventListener(name, () => void this.#autosave.flush(), { capture: true });
    }
  }

  #clicked(on: HTMLElement, event: Event): void {
    const { consent, wish, jump, editQuote } = on.dataset;
    const is = (name: string): boolean => name in on.dataset;
    if (consent) this.#consent(consent);
    else if (wish) this.#wish(wish);
    else if (jump) this.#jump(Number(jump), on);
    else if (editQuote) this.#quotes?.open(Number(editQuote));
    else if (is("newQuote")) this.#quotes?.open();
    else if (is("next")) this.#next();
    else if (is("back")) this.#steps.back();
    else if (is("keep")) void this.#keep();
    else if (is("withdraw")) void this.#keep(true);
    else if (is("discard")) void this.#discard();
    else if (is("again")) this.#again();
    else if (is("leave") && !navigator.onLine) {
      event.preventDefault();
      this.#screen.trouble(word("stay"));
    } else if (on.dataset.opens === "overview") showOverview(this, this.#form, fieldsOf(this.#form));
  }

  #entered(screen: number): void {
    if (this.#steps.screens[screen]?.dataset.screen !== "review") return;
    showReview(this, this.#form, fieldsOf(this.#form), this.#asked, this.#draft.attachments);
  }

  #next(): void {
    if (["call-back", "question"].includes(this.#steps.kind) && !this.#complete()) return;
    this.#steps.next();
    this.#touch();
    void this.#autosave.flush();
  }

  #jump(screen: number, on: HTMLElement): void {
    on.closest("dialog")?.close();
    this.#steps.jump(screen);
  }

  #consent(answer: string): void {
    check(this.#form, "consent", answer);
    if (answer === "yes") this.#next();
    else void this.#keep();
  }

  #wish(answer: string): void {
    check(this.#form, "call_back", answer);
    this.#steps.render();
    if (answer === "no") return this.#next();
    this.#touch();
    must<HTMLElement>(this, "#call_back\\.name").focus();
  }

  #complete(): boolean {
    const missing = missingIn(this.#form, this.#asked, this.#draft);
    const screen = this.#screen.problem(missing);
    if (screen && this.#steps.stepped) this.#steps.jump(this.#steps.screens.indexOf(screen));
    return !missing;
  }

  /** Freezes the note into the outbox; only then does the screen say that it is saved. */
  async #keep(withdrawn = false): Promise<void> {
    if (this.#keeping) return;
    this.#keeping = true;
    let kept = false;
    try {
      await this.#media.finish();
      if (!this.#complete() || (!withdrawn && this.#asksFirst())) return;
      const draft = this.#collected();
      await this.#autosave.flush();
      const note = wireNote(draft, this.#asked, this.getAttribute("consent") ?? "");
      await freeze(draft, note);
      await this.#autosave.stop();
      this.#left(draft);
      kept = true;
    } catch {
      this.#fallback();
    } finally {
      this.#keeping = kept;
    }
  }

  /** Who says no after having told: what was told goes, and you are asked before. */
  #asksFirst(): boolean {
    const asks = takesBack(this.#form, this.#asked, this.#draft);
    if (asks) must<HTMLDialogElement>(this, "#withdraw").showModal();
    return asks;
  }

  #left(draft: Draft): void {
    for (const open of this.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
    this.#screen.done("on_device");
    const stop = onProgress(({ id, step }) => {
      if (id !== draft.id || this.#draft.id !== id) return;
      this.#screen.done(step === "sent" ? "sent" : step === "failed" ? "failed" : step === "paused" ? "signed_out" : "on_device");
      if (step === "later") return;
      stop();
      if (step !== "paused") location.assign(`/safaris/${draft.safari_id}?saved=1`);
    });
    startSending(draft.user_id);
  }

  /** The phone keeps nothing: the plain form still can. */
  #fallback(): void {
    this.#screen.saved("failed");
    if (navigator.onLine) this.#form.submit();
    else this.#screen.trouble(word("storage_offline"));
  }

  async #discard(): Promise<void> {
    await this.#autosave.stop();
    await discardDraft(this.#draft.id).catch(() => undefined);
    if (navigator.onLine) location.assign(`/safaris/${this.#draft.safari_id}`);
    else this.#again();
  }

  #again(): void {
    for (const open of this.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
    this.removeAttribute("typed");
    this.#form.reset();
    this.#screen.reset();
    this.#fresh();
    void this.#media.show();
    history.pushState({ screen: 0 }, "", this.#address);
    this.#steps.begin(0);
    scrollTo(0, 0);
  }
}

customElements.define("capture-form", CaptureForm);
