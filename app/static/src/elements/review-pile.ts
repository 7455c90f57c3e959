const FEW = 5;
const PATIENCE = 15_000;

/** The suggestions that the server rendered, in its order: one on top, and more fetched before they run out. */
export class Pile {
  #cards: HTMLElement[] = [];
  #at = 0;
  #seen = new Set<string>();
  #fetching: Promise<boolean> | null = null;
  #over = false;
  /** The last time that more were asked for, nobody answered. */
  unreached = false;

  constructor(readonly more: string) {}

  /** Cards on a page or in its templates that are new here; how many. */
  take(root: ParentNode): number {
    const here = [...root.querySelectorAll<HTMLElement>("[data-card] .review-card")];
    const folded = [...root.querySelectorAll("template")].flatMap((one) => [...one.content.querySelectorAll<HTMLElement>(".review-card")]);
    const fresh = [...here, ...folded].filter((card) => !this.#seen.has(card.dataset.tagging ?? ""));
    for (const card of fresh) this.#seen.add(card.dataset.tagging ?? "");
    this.#cards.push(...fresh);
    return fresh.length;
  }

  get current(): HTMLElement | null {
    return this.#cards[this.#at] ?? null;
  }

  card(tagging: string): HTMLElement | undefined {
    return this.#cards.find((card) => card.dataset.tagging === tagging);
  }

  get low(): boolean {
    return this.#cards.length - this.#at <= FEW;
  }

  next(): HTMLElement | null {
    this.#at = Math.min(this.#at + 1, this.#cards.length);
    return this.current;
  }

  putBack(card: HTMLElement): void {
    this.#cards.splice(this.#at, 0, card);
  }

  /** Takes these out; how many there were. */
  leaveOut(taggings: string[]): number {
    const before = this.#cards.length;
    this.#cards = this.#cards.filter((card) => !taggings.includes(card.dataset.tagging ?? ""));
    return before - this.#cards.length;
  }

  /** What comes after the last one here; true when anything came. */
  fetch(): Promise<boolean> {
    if (this.#over) return Promise.resolve(false);
    this.#fetching ??= this.#fetched().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetched(): Promise<boolean> {
    const url = new URL(this.more, location.href);
    const last = [...this.#seen].at(-1);
    if (last) url.searchParams.set("past", last);
    try {
      const answer = await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      this.unreached = answer.status !== 200 || !answer.headers.has("klantsafari");
      if (this.unreached) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const came = this.take(page);
      this.#over = came === 0;
      return came > 0;
    } catch {
      this.unreached = true;
      return false;
    }
  }
}
