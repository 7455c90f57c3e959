/** Puts columns as the server has them now in the place of those on the page. What did not change stays the very same
 *  node: no flicker, and focus, ticks and scroll stay where they were. `changed`: ids of the cards it is about. */
export function bring(fresh: ParentNode, changed: ReadonlySet<string>): void {
  const focusAgain = heldFocus();
  for (const part of fresh.querySelectorAll<HTMLElement>(".col, .rail, #stages, #signals")) {
    const now = document.getElementById(part.id);
    if (!now) continue;
    if (now.matches(".col") && part.matches(".col")) bringColumn(now, part, changed);
    else if (now.id === "stages") bringCounts(now, part);
    else if (!same(now, part)) now.replaceWith(part);
  }
  focusAgain();
}

/** Script and dragging leave these behind; they are no change. */
const PASSING = / (style|draggable|aria-current)="[^"]*"/g;

export function same(one: Element, other: Element): boolean {
  return text(one) === text(other);
}

function text(element: Element): string {
  return element.outerHTML.replace(PASSING, "").replace('class="card fresh"', 'class="card"');
}

function bringCounts(now: Element, fresh: Element): void {
  const counts = [...fresh.querySelectorAll("b")];
  now.querySelectorAll("b").forEach((count, at) => {
    if (count.textContent !== counts[at]?.textContent) count.textContent = counts[at]?.textContent ?? "";
  });
}

function bringColumn(now: Element, fresh: Element, changed: ReadonlySet<string>): void {
  const [header, newHeader] = [now.querySelector("header > b"), fresh.querySelector("header > b")];
  if (header && newHeader && header.textContent !== newHeader.textContent) header.textContent = newHeader.textContent;
  const [list, newList] = [now.querySelector("card-list"), fresh.querySelector("card-list")];
  if (list && newList) bringCards(list, newList, changed);
}

function bringCards(list: Element, fresh: Element, changed: ReadonlySet<string>): void {
  const goesOn = fresh.querySelector(":scope > .btn") !== null;
  const extended = goesOn && list.querySelectorAll(":scope > .card").length > fresh.querySelectorAll(":scope > .card").length;
  let next = list.firstElementChild;
  for (const item of [...fresh.children]) {
    if (extended && item.matches(".btn")) continue;
    const use = standIn(list, item);
    if (use === next) {
      next = next?.nextElementSibling ?? null;
      continue;
    }
    list.insertBefore(use, next);
    const old = item.id && use === item ? twin(item) : null;
    if (old === next) next = next?.nextElementSibling ?? null;
    old?.remove();
  }
  while (next) {
    const after: Element | null = next.nextElementSibling;
    // Cards that "Toon meer" brought lie below what was fetched now.
    const below = extended && !changed.has(next.id.replace("action-", ""));
    if (!below) next.remove();
    next = after;
  }
}

/** The node that is there already when it says the same, else the fresh one, ticked as the old one was. */
function standIn(list: Element, item: Element): Element {
  if (!item.id) return [...list.children].find((child) => !child.id && same(child, item)) ?? item;
  const old = document.getElementById(item.id);
  if (!old) return noted(item);
  if (same(old, item)) return old;
  const [tick, newTick] = [old.querySelector("input"), item.querySelector("input")];
  if (tick?.checked && newTick) newTick.checked = true;
  return noted(item);
}

/** A short glow: something happened here. */
function noted(card: Element): Element {
  card.classList.add("fresh");
  return card;
}

function twin(item: Element): Element | null {
  return [...document.querySelectorAll(`[id="${item.id}"]`)].find((one) => one !== item) ?? null;
}

function heldFocus(): () => void {
  const at = document.activeElement;
  const card = at?.closest(".card");
  const part = [".move", "h3 a", "input", "a"].find((selector) => at?.matches(selector));
  return () => {
    if (!card || !part || document.activeElement === at) return;
    document.getElementById(card.id)?.querySelector<HTMLElement>(part)?.focus({ preventScroll: true });
  };
}
