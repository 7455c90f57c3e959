import type { Tone, Verdict } from "../offline/shapes";

const TONES: Verdict[] = ["positive", "neutral", "negative", "as_read"];

export function isTone(verdict: Verdict): verdict is Tone {
  return TONES.includes(verdict);
}

/** What a person said of this card's label, or that nobody did. */
export function toneOf(card: HTMLElement): Tone {
  const said = !card.querySelector<HTMLElement>("[data-felt]")?.hidden;
  const pressed = card.querySelector<HTMLButtonElement>('[data-feels] [aria-pressed="true"]')?.value as Tone | undefined;
  return said && pressed ? pressed : "as_read";
}

export function markTone(card: HTMLElement, tone: Tone): void {
  const form = card.querySelector<HTMLFormElement>("[data-feels]");
  const line = form?.querySelector<HTMLElement>("[data-felt]");
  if (!form || !line) return;
  const shown = tone === "as_read" ? form.dataset.read : tone;
  for (const button of form.querySelectorAll<HTMLButtonElement>("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.value === shown));
  line.hidden = tone === "as_read";
  line.querySelector("span")!.textContent = form.dataset.mine ?? "";
}
