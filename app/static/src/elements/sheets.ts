/** `[data-opens="id"]` opens that dialog, `[data-closes]` or a tap beside it closes it again.
 *  Without script `<a href="#id">` shows the same sheet through :target. */
function dialogFor(opener: Element): HTMLDialogElement | null {
  const target = document.getElementById(opener.getAttribute("data-opens") ?? "");
  return target instanceof HTMLDialogElement ? target : null;
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && dialogFor(opener);
  if (dialog) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    return;
  }
  const open = event.target.closest<HTMLDialogElement>("dialog[open]");
  const beside = event.target === open;
  if (open && (beside || event.target.closest("[data-closes]"))) {
    event.preventDefault();
    open.close();
  }
});

// A menu is a <details>: it closes when you turn elsewhere, as menus do.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
