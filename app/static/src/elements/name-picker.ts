import { type Asked, asked, fitting, named } from "../lib/naming";

/** `<name-picker names='["Bas de Wit"]' words="..."` around a textarea: an @ shows whom one can name, to choose with
 *  the arrows and Enter, or a tap. Without script one types the name. */
class NamePicker extends HTMLElement {
  #names: string[] = [];
  #list = document.createElement("ul");
  #one: Asked | null = null;
  #at = 0;

  connectedCallback(): void {
    const box = this.#box;
    if (!box || this.#list.isConnected) return;
    this.#names = JSON.parse(this.getAttribute("names") ?? "[]") as string[];
    this.#list.id = `${box.id}-names`;
    this.#list.className = "names";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.getAttribute("words") ?? "");
    this.#list.hidden = true;
    box.after(this.#list);
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.#list.id);
    box.addEventListener("input", this.#look);
    box.addEventListener("click", this.#look);
    box.addEventListener("keydown", this.#pressed);
    box.addEventListener("blur", this.#close);
    // A tap on a name must not take the caret out of the text.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const chosen = event.target instanceof Element ? event.target.closest("li") : null;
      if (chosen) this.#choose(chosen.textContent ?? "");
    });
  }

  get #box(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  #look = (): void => {
    const box = this.#box;
    if (!box) return;
    this.#one = asked(box.value, box.selectionStart);
    const found = this.#one ? fitting(this.#names, this.#one.typed) : [];
    if (!found.length) return this.#close();
    this.#list.replaceChildren(...found.map((name, n) => option(name, `${this.#list.id}-${n}`)));
    this.#list.hidden = false;
    this.#mark(0);
  };

  #pressed = (event: KeyboardEvent): void => {
    if (this.#list.hidden || event.isComposing) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => this.#mark(this.#at + 1),
      ArrowUp: () => this.#mark(this.#at - 1),
      Enter: () => this.#choose(this.#list.children[this.#at]?.textContent ?? ""),
      Escape: this.#close,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  #mark(at: number): void {
    const options = [...this.#list.children];
    this.#at = (at + options.length) % options.length;
    for (const [n, one] of options.entries()) one.setAttribute("aria-selected", String(n === this.#at));
    this.#box?.setAttribute("aria-activedescendant", options[this.#at]?.id ?? "");
    options[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #choose(name: string): void {
    const box = this.#box;
    if (!box || !this.#one) return;
    const { text, caret } = named(box.value, box.selectionStart, this.#one, name);
    box.value = text;
    box.setSelectionRange(caret, caret);
    this.#close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #close = (): void => {
    this.#list.hidden = true;
    this.#box?.removeAttribute("aria-activedescendant");
  };
}

function option(name: string, id: string): HTMLLIElement {
  const made = document.createElement("li");
  made.id = id;
  made.setAttribute("role", "option");
  made.textContent = name;
  return made;
}

customElements.define("name-picker", NamePicker);
