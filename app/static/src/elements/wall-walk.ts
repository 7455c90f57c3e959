/** How long "Verplaatst naar ..." stays: nobody sits at a wall to close it. */
const SAID_FOR = 20_000;

/** The board on the wall: arrows walk from card to card, and the one where the team is stands large above. */
export class WallWalk extends HTMLElement {
  #id = "";
  #column = 0;
  #row = 0;
  #said = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", this.#pressed);
    document.addEventListener("fresh-parts", this.#again);
    document.addEventListener("htmx:afterSettle", this.#again);
    document.addEventListener("htmx:afterSettle", this.#hush);
    this.addEventListener("focusin", this.#focused);
    const doing = this.#columns().findIndex((column) => column.id === "col-doing" && cardsOf(column).length > 0);
    this.#show(doing < 0 ? this.#columns().findIndex((column) => cardsOf(column).length > 0) : doing, 0, false);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#pressed);
    document.removeEventListener("fresh-parts", this.#again);
    document.removeEventListener("htmx:afterSettle", this.#again);
    document.removeEventListener("htmx:afterSettle", this.#hush);
  }

  #columns(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".col")];
  }

  #pressed = (event: KeyboardEvent): void => {
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select")) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => this.#walk(1),
      ArrowUp: () => this.#walk(-1),
      ArrowRight: () => this.#jump(1),
      ArrowLeft: () => this.#jump(-1),
      Home: () => this.#show(0, 0),
      v: () => this.#current()?.querySelector<HTMLElement>(".move")?.click(),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

  /** Down a column and on at the top of the next that has cards; up likewise. */
  #walk(by: 1 | -1): void {
    const cards = cardsOf(this.#columns()[this.#column]);
    if (cards[this.#row + by]) this.#show(this.#column, this.#row + by);
    else this.#jump(by, by > 0 ? 0 : Number.MAX_SAFE_INTEGER);
  }

  #jump(by: 1 | -1, row = this.#row, focus = true): boolean {
    const columns = this.#columns();
    for (let at = this.#column + by; columns[at]; at += by) {
      const count = cardsOf(columns[at]).length;
      if (!count) continue;
      this.#show(at, Math.min(row, count - 1), focus);
      return true;
    }
    return false;
  }

  #show(column: number, row: number, focus = true): void {
    const card = cardsOf(this.#columns()[column])[row];
    if (!card) return;
    this.#current()?.removeAttribute("aria-current");
    this.querySelector(".card[aria-current]")?.removeAttribute("aria-current");
    [this.#column, this.#row, this.#id] = [column, row, card.id];
    card.setAttribute("aria-current", "true");
    enlarge(card);
    card.scrollIntoView({ block: "nearest" });
    if (focus) card.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
  }

  #current(): HTMLElement | null {
    return document.getElementById(this.#id);
  }

  #focused = (event: FocusEvent): void => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>(".card") : null;
    if (card && card.id !== this.#id) this.#stand(card, false);
  };

  #hush = (): void => {
    clearTimeout(this.#said);
    this.#said = window.setTimeout(() => document.getElementById("said")?.replaceChildren(), SAID_FOR);
  };

  /** The board changed: the team stays at its card wherever that lies now, else at what lies in its place or near it. */
  #again = (): void => {
    const card = this.#current();
    if (card) return this.#stand(card, false);
    const count = cardsOf(this.#columns()[this.#column]).length;
    if (count) return this.#show(this.#column, Math.min(this.#row, count - 1), false);
    if (this.#jump(1, 0, false) || this.#jump(-1, 0, false)) return;
    const large = document.getElementById("current");
    if (large) large.hidden = true;
  };

  #stand(card: HTMLElement, focus: boolean): void {
    const column = this.#columns().findIndex((one) => one.contains(card));
    if (column >= 0) this.#show(column, cardsOf(this.#columns()[column]).indexOf(card), focus);
  }
}

function cardsOf(column: Element | undefined): HTMLElement[] {
  return column ? [...column.querySelectorAll<HTMLElement>(".card")] : [];
}

/** Copies of the card's own parts; the card itself is what is read aloud. */
function enlarge(card: HTMLElement): void {
  const place = document.getElementById("current");
  if (!place) return;
  const title = document.createElement("p");
  title.className = "t";
  title.textContent = card.querySelector("h3")?.textContent ?? "";
  const parts = [".kind", ".q", ".mandate", "footer .ava", "footer .who"].map((part) => card.querySelector(part)?.cloneNode(true));
  const [kind, words, mandate, face, who] = parts;
  const last = document.createElement("div");
  last.className = "last";
  last.append(...[face, who, mandate].filter((part) => part !== undefined));
  for (const link of last.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  place.replaceChildren(...[kind, title, words, last].filter((part) => part !== undefined));
  place.hidden = false;
}

customElements.define("wall-walk", WallWalk);
