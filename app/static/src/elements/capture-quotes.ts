import { check, must } from "./capture-fields";

const MOST = 20;

/** "Uitspraak": a sheet that writes straight into the form's next empty quote, so that autosave sees every letter. */
export class Quotes {
  #sheet: HTMLDialogElement;
  #text: HTMLTextAreaElement;
  #slot: HTMLElement | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    sheet: HTMLDialogElement,
    private readonly closed: () => void,
  ) {
    this.#sheet = sheet;
    this.#text = must(sheet, "[data-quote-text]");
    sheet.addEventListener("input", () => this.#write());
    sheet.addEventListener("close", () => {
      this.#write();
      this.closed();
    });
  }

  get slots(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-quote]")];
  }

  open(number?: number): void {
    this.#slot = this.slots.find((slot) => (number ? slot.dataset.quote === String(number) : !box(slot).value.trim())) ?? this.#more();
    this.#text.value = box(this.#slot).value;
    const literal = this.#slot.querySelector<HTMLInputElement>("input[value='false']")?.checked ? "false" : "true";
    for (const choice of this.#sheet.querySelectorAll<HTMLInputElement>("input")) choice.checked = choice.value === literal;
    this.#sheet.showModal();
  }

  /** Room for as many quotes as a restored draft has. */
  prepare(names: string[]): void {
    const highest = Math.max(0, ...names.map((name) => Number(/^answers\.quote-(\d+)$/.exec(name)?.[1] ?? 0)));
    while (this.slots.length < Math.min(highest, MOST)) this.#more();
  }

  #more(): HTMLElement {
    const last = this.slots.at(-1) as HTMLElement;
    if (this.slots.length >= MOST) return last;
    const number = this.slots.length + 1;
    const slot = last.cloneNode(true) as HTMLElement;
    const key = (name: string): string => name.replace(/quote-\d+$/, `quote-${number}`);
    slot.dataset.quote = String(number);
    for (const control of slot.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) control.name = key(control.name);
    const text = box(slot);
    text.value = "";
    text.setAttribute("aria-label", (text.getAttribute("aria-label") ?? "").replace(/\d+/, String(number)));
    last.after(slot);
    check(this.form, `literal.quote-${number}`, "true");
    return slot;
  }

  #write(): void {
    if (!this.#slot) return;
    const text = box(this.#slot);
    const literal = must<HTMLInputElement>(this.#sheet, "input:checked").value;
    text.value = this.#text.value;
    check(this.form, text.name.replace("answers.", "literal."), literal);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function box(slot: HTMLElement): HTMLTextAreaElement {
  return must(slot, "textarea");
}
