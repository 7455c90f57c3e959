let typed = false;

/** Is something being written here that a reload would interrupt? A draft that was touched has its id in the address. */
export function busy(): boolean {
  const capture = document.querySelector("capture-form");
  if (!capture) return typed;
  return new URLSearchParams(location.search).has("draft") && !capture.hasAttribute("done");
}

/** Tells after anything by which it may have changed. */
export function onBusy(tell: () => void): void {
  const soon = (): void => void setTimeout(tell);
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest("form") : null;
    if (form?.method === "post") typed = true;
    soon();
  });
  document.addEventListener("submit", () => {
    typed = false;
    soon();
  });
  document.addEventListener("click", soon);
  onSaved(soon);
}

/** Tells when a note on this page was kept, or a new one begun. */
export function onSaved(tell: () => void): void {
  const capture = document.querySelector("capture-form");
  if (capture) new MutationObserver(tell).observe(capture, { attributeFilter: ["done"] });
}
