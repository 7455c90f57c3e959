import { icon } from "../lib/icons";
import { word } from "../lib/words";
import { masked } from "../offline/masking";
import { blackened, namesIn } from "../offline/names";

const MASKED = /\[(BSN|IBAN)\]/;

/** `<name-hints known>`: what may say who somebody is, each with its own "Maak zwart"; and that a number was left out.
 *  `known` is the place, which is nobody's name. */
class NameHints extends HTMLElement {
  connectedCallback(): void {
    this.#form?.addEventListener("change", () => this.#show());
  }

  get #form(): HTMLFormElement | null {
    return this.closest("form");
  }

  get #boxes(): HTMLTextAreaElement[] {
    return [...(this.#form?.querySelectorAll<HTMLTextAreaElement>("textarea[name^='answers.']") ?? [])];
  }

  #show(): void {
    for (const box of this.#boxes) box.value = masked(box.value);
    const known = [this.getAttribute("known") ?? ""];
    const names = new Set(this.#boxes.flatMap((box) => namesIn(box.value, known)));
    const rows = [...names].map((name) => this.#row(name));
    if (this.#boxes.some((box) => MASKED.test(box.value))) rows.push(notice(word("number_masked")));
    this.replaceChildren(...rows);
  }

  #row(name: string): HTMLElement {
    const line = notice(word("name_seen", { name }));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sec";
    button.textContent = word("blacken");
    button.setAttribute("aria-label", word("blacken_what", { name }));
    button.addEventListener("click", () => this.#blacken(name));
    line.append(button);
    return line;
  }

  #blacken(name: string): void {
    for (const box of this.#boxes) {
      if (!box.value.includes(name)) continue;
      box.value = blackened(box.value, name);
      for (const event of ["input", "change"]) box.dispatchEvent(new Event(event, { bubbles: true }));
    }
  }
}

function notice(text: string): HTMLElement {
  const line = document.createElement("div");
  const words = document.createElement("span");
  line.className = "notice warn";
  words.textContent = text;
  line.append(icon("alert"), words);
  return line;
}

customElements.define("name-hints", NameHints);
