import { define } from "../lib/define";
import { filled } from "../lib/words";
import { decide, onDecided } from "../offline/deciding";
import { decisionsOf } from "../offline/decisions";
import type { Tone, Verdict } from "../offline/shapes";
import { Pile } from "./review-pile";
import { isTone, markTone, toneOf } from "./review-tone";

const SLOW = 1_500;
const KEYS: Record<string, Verdict | "skip"> = { j: "accept", enter: "accept", n: "reject", u: "undo", backspace: "undo", arrowright: "skip", 1: "positive", 2: "neutral", 3: "negative" };

/** What was done last; `before` is how the label was meant until then, where only that was said. */
interface Done {
  card: HTMLElement;
  before?: Tone;
}

/** `<tag-review user left more>` around the server's page: shows the next suggestion at once, and keeps each decision on
 *  this phone until the server has answered it. Keys work while the focus is inside. Without script it is plain forms. */
class TagReview extends HTMLElement {
  #pile = new Pile(this.getAttribute("more") ?? "");
  #done: Done[] = [];
  #left = Number(this.getAttribute("left"));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop = (): void => undefined;

  connectedCallback(): void {
    this.#pile.take(this);
    this.#stop = onDecided(({ waiting, told }) => this.#tell(waiting, told));
    this.addEventListener("submit", (event) => this.#submitted(event));
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.#find("[data-skip]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#skip();
    });
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  get #user(): string {
    return this.getAttribute("user") ?? "";
  }

  #find(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }

  /** The server does not know yet what waits on this phone: that is not asked again. */
  async #begin(): Promise<void> {
    const waiting = await decisionsOf(this.#user).catch(() => []);
    const last = new Map(waiting.filter((row) => !isTone(row.verdict)).map((row) => [row.tagging_id, row.verdict]));
    const known = [...last].filter(([, verdict]) => verdict !== "undo").map(([id]) => id);
    this.#left = Math.max(0, this.#left - this.#pile.leaveOut(known));
    for (const { tagging_id, verdict } of waiting) {
      const card = isTone(verdict) ? this.#pile.card(tagging_id) : undefined;
      if (card && isTone(verdict)) markTone(card, verdict);
    }
    this.#tell(waiting.length, []);
    this.#show(this.#pile.current);
    this.#focus();
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const verdict = button?.value as Verdict | undefined;
    if (!verdict || (verdict === "undo" && !this.#done.length)) return;
    const select = form.elements.namedItem("tag_id") as HTMLSelectElement | null;
    if (verdict === "other" && !select?.value) return;
    event.preventDefault();
    this.#decided(verdict, verdict === "other" ? (select?.value ?? null) : null, form);
  }

  #pressed(event: KeyboardEvent): void {
    const verdict = KEYS[event.key.toLowerCase()];
    const on = event.target as HTMLElement;
    const itsOwn = event.key === "Enter" && on.matches("a, button, summary");
    if (!verdict || event.ctrlKey || event.metaKey || event.altKey || event.repeat || itsOwn || on.matches("select, input, textarea")) return;
    event.preventDefault();
    if (verdict === "skip") this.#skip();
    else this.#decided(verdict);
    this.#focus();
  }

  #decided(verdict: Verdict, tag: string | null = null, form?: HTMLFormElement): void {
    const undone = verdict === "undo" ? this.#done.pop() : undefined;
    const card = verdict === "undo" ? undone?.card : this.#pile.current;
    if (!card) return;
    if (undone?.before) return this.#felt(card, undone.before, form);
    if (isTone(verdict)) {
      this.#done.push({ card, before: toneOf(card) });
      return this.#felt(card, verdict, form);
    }
    this.#keep(card, verdict, tag, form);
    this.#left += verdict === "undo" ? 1 : -1;
    if (verdict === "undo") {
      this.#pile.putBack(card);
      return this.#show(card);
    }
    this.#done.push({ card });
    this.#go();
  }

  #keep(card: HTMLElement, verdict: Verdict, tag: string | null, form?: HTMLFormElement): void {
    const row = { user_id: this.#user, tagging_id: card.dataset.tagging ?? "", verdict, tag_id: tag };
    decide(row).then(() => this.#lookLater(), () => this.#bySelf(row.tagging_id, verdict, form));
  }

  /** The card stays: whether the label fits is still to be said. */
  #felt(card: HTMLElement, tone: Tone, form?: HTMLFormElement): void {
    this.#keep(card, tone, null, form);
    markTone(card, tone);
    this.#prepare(this.#pile.current);
  }

  /** What was only said about what is skipped is not what "Terugdraaien" means any more. */
  #skip(): void {
    while (this.#done.at(-1)?.before) this.#done.pop();
    this.#go();
  }

  /** A phone that can keep nothing: the form goes the plain way. */
  #bySelf(tagging: string, verdict: Verdict, form?: HTMLFormElement): void {
    const plain = form ?? this.querySelector<HTMLFormElement>("[data-decides]");
    if (!plain) return;
    const id = plain.elements.namedItem("tagging_id") as HTMLInputElement;
    id.value = tagging;
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: "verdict", value: verdict });
    plain.append(said);
    plain.submit();
  }

  #go(): void {
    this.#show(this.#pile.next());
    if (this.#pile.low) void this.#pile.fetch().then(() => this.#shown || this.#show(this.#pile.current));
  }

  /** The keys go on working, also where there is nothing to decide any more. */
  #focus(): void {
    (this.#find("[data-card]:not([hidden])") ?? this).focus({ preventScroll: true });
  }

  get #shown(): boolean {
    return !this.#find("[data-card]")?.hidden;
  }

  #show(card: HTMLElement | null): void {
    const place = this.#find("[data-card]");
    if (!place) return;
    const on = document.activeElement;
    if (card && place.firstElementChild !== card) place.replaceChildren(card);
    for (const part of ["[data-card]", "[data-verdicts]", "[data-skip]"]) {
      const found = this.#find(part);
      if (found) found.hidden = !card;
    }
    for (const end of this.querySelectorAll<HTMLElement>("[data-end]")) end.hidden = Boolean(card) || end.dataset.end !== this.#end;
    this.#prepare(card);
    if (on && this.contains(on) && (on === this || !on.checkVisibility())) this.#focus();
  }

  get #end(): string {
    if (this.#left <= 0) return "none";
    return this.#pile.unreached ? "offline" : "skipped";
  }

  #prepare(card: HTMLElement | null): void {
    const form = this.querySelector<HTMLFormElement>("[data-decides]");
    form?.reset();
    const id = form?.elements.namedItem("tagging_id") as HTMLInputElement | undefined;
    if (id) id.value = card?.dataset.tagging ?? "";
    const other = this.querySelector<HTMLDetailsElement>("details.other");
    if (other) other.open = false;
    const undo = this.#find("[data-undoes]");
    if (undo) undo.hidden = !this.#done.length;
    const left = document.querySelector<HTMLElement>("[data-left]");
    if (left) left.textContent = this.#left > 0 ? filled(left.dataset.some ?? "", { n: this.#left }) : (left.dataset.none ?? "");
  }

  #tell(waiting: number, told: string[]): void {
    const line = this.#find("[data-queue]");
    if (line) {
      line.hidden = waiting === 0;
      const words = (navigator.onLine ? this.dataset.waits : this.dataset.offlineWaits) ?? "";
      line.querySelector("span")!.textContent = waiting ? filled(words, { n: waiting }) : "";
    }
    const place = this.#find("[data-told]");
    for (const text of new Set(told)) {
      const said = [...(place?.children ?? [])].some((line) => line.textContent === text);
      if (!said) place?.append(Object.assign(document.createElement("p"), { className: "notice", textContent: text }));
    }
  }

  /** A connection that hangs says nothing by itself. */
  #lookLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void decisionsOf(this.#user).then((rows) => this.#tell(rows.length, []), () => undefined), SLOW);
  }
}

define("tag-review", TagReview);
