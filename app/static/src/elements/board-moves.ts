import { CardList } from "./card-list";

interface Asked extends Event {
  detail: { elt: HTMLElement; path: string; target: HTMLElement; xhr?: XMLHttpRequest };
}

const sheet = (): HTMLDialogElement | null => document.querySelector("dialog#sheet");

// One form serves every dragged card: its address is the card's.
document.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event as Asked;
  const path = detail.elt.id === "drag" ? detail.elt.dataset["path"] : undefined;
  if (path) detail.path = path;
});

// Refused (409, 422) or never answered: the card goes back. A fresh column from the server then replaces it.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr } = (event as Asked).detail;
  if (elt.id !== "drag") return;
  if (!xhr || xhr.status !== 200) CardList.undo?.();
  CardList.undo = null;
});

// A drag leaves style attributes behind; the policy forbids htmx to copy them to the fresh cards.
document.addEventListener("htmx:beforeSwap", () => {
  for (const card of document.querySelectorAll(".card[style]")) card.removeAttribute("style");
});

document.addEventListener("htmx:afterSettle", (event) => {
  const dialog = sheet();
  if (!dialog || (event as Asked).detail.target !== dialog) return;
  const asks = dialog.querySelector("form") !== null;
  if (asks && !dialog.open) dialog.showModal();
  if (asks) return;
  if (dialog.open) dialog.close();
  goOn();
});

/** After a move the focus is where the card now lies, else at the line that says where it went. */
function goOn(): void {
  const line = document.querySelector<HTMLElement>("#said [data-moved]");
  const card = document.getElementById(line?.dataset["moved"] ?? "");
  const button = card?.querySelector<HTMLElement>(".move");
  if (button?.offsetParent) button.focus();
  else document.getElementById("said")?.focus();
}

// Alt and an arrow move the card that has the focus one place.
document.addEventListener("keydown", (event) => {
  const by = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key];
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>(".card[data-id]") : null;
  if (by && event.altKey && card && CardList.nudge(card, by)) event.preventDefault();
});

// Arrows walk the steps and come round, a figure chooses one.
document.addEventListener("keydown", (event) => {
  const dialog = sheet();
  if (!dialog?.open || event.target instanceof HTMLTextAreaElement) return;
  const steps = [...dialog.querySelectorAll<HTMLElement>(".steps > button, .steps > details > summary")];
  const at = steps.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 };
  const next = to[event.key];
  if (next !== undefined) steps.at(next % steps.length)?.focus();
  else if (/^[1-6]$/.test(event.key)) steps[Number(event.key) - 1]?.click();
  else return;
  event.preventDefault();
});
