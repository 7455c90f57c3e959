import Sortable from "sortablejs";

const wide = window.matchMedia("(min-width: 900px)");

function fill(form: HTMLFormElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value;
  }
}

function idOf(card: Element | null | undefined): string {
  return card instanceof HTMLElement ? (card.dataset["id"] ?? "") : "";
}

/** One form serves every card: its address is the card's. */
function send(card: Element, values: Record<string, string>): void {
  const form = document.getElementById("drag");
  if (!(form instanceof HTMLFormElement)) return;
  fill(form, values);
  form.dataset["path"] = `/actions/${idOf(card)}/placement`;
  form.requestSubmit();
}

/** A column whose cards can be dragged, on wide screens only; everybody else has "Verplaats".
 *  A drop fills the form `#drag` and sends it; until the answer is in, `undo` puts the card back. */
export class CardList extends HTMLElement {
  static undo: (() => void) | null = null;

  #sortable: Sortable | null = null;

  connectedCallback(): void {
    if (!wide.matches || !document.getElementById("drag")) return;
    this.#sortable = Sortable.create(this, {
      group: "board",
      draggable: ".card[data-id]",
      filter: ".move",
      preventOnFilter: false,
      forceFallback: true,
      fallbackTolerance: 6,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onEnd: (event) => this.#dropped(event),
    });
  }

  disconnectedCallback(): void {
    this.#sortable?.destroy();
    this.#sortable = null;
  }

  /** One place up or down, as the keyboard does it; tells whether there was anywhere to go. */
  static nudge(card: HTMLElement, by: 1 | -1): boolean {
    const beside = by > 0 ? card.nextElementSibling : card.previousElementSibling;
    const list = card.parentElement;
    if (!(list instanceof CardList) || !idOf(card) || !idOf(beside)) return false;
    CardList.undo = null;
    const step = list.dataset["step"] ?? "";
    const [before, after] = by > 0 ? ["", idOf(beside)] : [idOf(beside), ""];
    send(card, { step, from: step, version: card.dataset["version"] ?? "", before, after });
    return true;
  }

  #dropped({ item, from, to, oldIndex, newIndex }: Sortable.SortableEvent): void {
    if (from === to && oldIndex === newIndex) return;
    const places = [...from.querySelectorAll(":scope > .card[data-id]")].filter((card) => card !== item);
    CardList.undo = () => from.insertBefore(item, places[oldIndex ?? 0] ?? null);
    send(item, {
      step: to.dataset["step"] ?? "",
      from: from.dataset["step"] ?? "",
      version: item.dataset["version"] ?? "",
      before: idOf(item.nextElementSibling),
      after: idOf(item.previousElementSibling),
    });
  }
}

customElements.define("card-list", CardList);
