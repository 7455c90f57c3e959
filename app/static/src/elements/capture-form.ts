import { word } from "../lib/words";
import { draftOf } from "../offline/drafts";
import { outboxOf } from "../offline/outbox";
import type { Draft } from "../offline/shapes";
import { uuid7 } from "../offline/uuid";
import { Autosave } from "./capture-autosave";
import { check, fieldsOf, fill, must, setHidden } from "./capture-fields";
import { Keeping } from "./capture-keeping";
import { throwAway } from "./capture-leaving";
import type { CaptureMedia } from "./capture-media";
import { blankDraft, headlineFor, missingIn } from "./capture-note";
import { closeSheets, type CapturePage } from "./capture-page";
import { Quotes } from "./capture-quotes";
import { opens } from "./needs-net";
import { type Asked, showOverview, showReview } from "./capture-review";
import { Screen } from "./capture-screen";
import { Steps } from "./capture-steps";

/** Around the server's own form: screens, a draft that is never lost, and a note that is sent once. */
class CaptureForm extends HTMLElement implements CapturePage {
  form!: HTMLFormElement;
  draft!: Draft;
  autosave!: Autosave;
  media!: CaptureMedia;
  screen!: Screen;
  #steps!: Steps;
  #quotes: Quotes | null = null;
  #keeping = new Keeping(this);

  connectedCallback(): void {
    this.form = must(this, "form#answer");
    this.media = must(this, "capture-media");
    this.screen = new Screen(this);
    this.#steps = new Steps(this, (screen) => this.#entered(screen));
    const sheet = this.querySelector<HTMLDialogElement>("#quote-sheet");
    if (sheet) this.#quotes = new Quotes(this.form, sheet, () => this.#entered(this.#steps.now));
    this.#listen();
    this.#fresh();
    this.#steps.begin(0);
    void this.#restore();
  }

  get asked(): Asked[] {
    return this.#steps.screens.flatMap(({ dataset: { key, kind, short } }, screen) =>
      key && kind ? [{ key, kind, screen, words: short ?? "" }] : [],
    );
  }

  /** After a plain post the page stands at another address, which cannot be opened again. */
  get #address(): string {
    return `${new URL(this.form.action).pathname}/new`;
  }

  #fresh(): void {
    this.#keeping.reset();
    const typed = this.hasAttribute("typed");
    const id = typed ? must<HTMLInputElement>(this.form, "[name=note_id]").value : uuid7();
    this.#use(blankDraft(this, id));
    if (typed) this.#touch();
  }

  #use(draft: Draft): void {
    this.draft = draft;
    this.autosave = new Autosave(
      () => this.collected(),
      (state, full) => this.screen.saved(state, full),
    );
    setHidden(this.form, "note_id", draft.id);
    setHidden(this.form, "held_at", draft.held_at);
    this.media.host = { draft, saved: () => this.#saved(), failed: () => this.screen.saved("failed") };
  }

  async #restore(): Promise<void> {
    const id = new URLSearchParams(location.search).get("draft");
    try {
      const draft = id ? await draftOf(id, this.draft.user_id) : null;
      if (draft && draft.kind === this.draft.kind) {
        this.#quotes?.prepare(Object.keys(draft.fields));
        fill(this.form, draft.fields);
        this.#use(draft);
        this.media.recover();
        await this.media.show();
        this.#entered(draft.screen);
        this.#steps.begin((history.state as { screen?: number } | null)?.screen || draft.screen);
        this.screen.saved("kept");
      } else if (id) {
        const sent = (await outboxOf(this.draft.user_id)).some((row) => row.id === id);
        if (!sent && history.state === null) this.screen.trouble(word("gone"));
        history.replaceState(history.state, "", this.#address);
      }
    } catch {
      this.screen.saved("failed");
    }
    this.media.opens(this.getAttribute("opens") || new URLSearchParams(location.search).get("with") || "");
  }

  collected(): Draft {
    const fields = fieldsOf(this.form);
    Object.assign(this.draft, { fields, screen: this.#steps.now, ...headlineFor(this.form, fields, this.asked) });
    return structuredClone(this.draft);
  }

  #touch(): void {
    const address = `${this.#address}?draft=${this.draft.id}`;
    if (!location.search.includes(this.draft.id)) history.replaceState(history.state, "", address);
    this.autosave.touch();
  }

  #saved(): Promise<boolean> {
    this.#touch();
    return this.autosave.flush();
  }

  #listen(): void {
    this.form.addEventListener("input", () => this.#touch());
    this.form.addEventListener("change", () => {
      this.#steps.render();
      this.#entered(this.#steps.now);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#steps.stepped && this.#steps.kind !== "review") this.#next();
      else void this.#keeping.keep();
    });
    this.addEventListener("click", (event) => {
      const on = event.target instanceof Element ? event.target.closest<HTMLElement>("button, a") : null;
      if (on) this.#clicked(on, event);
    });
    for (const name of ["pagehide", "visibilitychange"]) {
      addEventListener(name, () => void this.autosave.flush(), { capture: true });
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
    else if (is("keep")) void this.#keeping.keep();
    else if (is("withdraw")) void this.#keeping.keep(true);
    else if (is("discard")) void throwAway(this);
    else if (is("again")) this.again();
    else if (is("leave") && on instanceof HTMLAnchorElement && !opens(on.href)) {
      event.preventDefault();
      this.screen.trouble(word("stay"));
    } else if (on.dataset.opens === "overview") showOverview(this, this.form, fieldsOf(this.form));
  }

  #entered(screen: number): void {
    if (this.#steps.screens[screen]?.dataset.screen !== "review") return;
    showReview(this, this.form, fieldsOf(this.form), this.asked, this.draft.attachments);
  }

  #next(): void {
    if (["call-back", "question"].includes(this.#steps.kind) && !this.complete()) return;
    this.#steps.next();
    this.#touch();
    void this.autosave.flush();
  }

  #jump(screen: number, on: HTMLElement): void {
    on.closest("dialog")?.close();
    this.#steps.jump(screen);
  }

  #consent(answer: string): void {
    check(this.form, "consent", answer);
    if (answer === "yes") this.#next();
    else void this.#keeping.keep();
  }

  #wish(answer: string): void {
    check(this.form, "call_back", answer);
    this.#steps.render();
    if (answer === "no") return this.#next();
    this.#touch();
    must<HTMLElement>(this, "#call_back\\.name").focus();
  }

  complete(): boolean {
    const missing = missingIn(this.form, this.asked, this.draft);
    const screen = this.screen.problem(missing);
    if (screen && this.#steps.stepped) this.#steps.jump(this.#steps.screens.indexOf(screen));
    return !missing;
  }

  again(): void {
    closeSheets(this);
    this.removeAttribute("typed");
    this.form.reset();
    this.screen.reset();
    this.#fresh();
    void this.media.show();
    history.pushState({ screen: 0 }, "", this.#address);
    this.#steps.begin(0);
    scrollTo(0, 0);
  }
}

customElements.define("capture-form", CaptureForm);
