import { maskedFields } from "../offline/masking";
import type { Fields } from "../offline/shapes";

const OURS = new Set(["note_id", "held_at"]);

/** Everything chosen or typed, by field name; files and the two hidden boxes excepted, and numbers nobody needs. */
export function fieldsOf(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !OURS.has(name)) (fields[name] ??= []).push(value);
  }
  return maskedFields(fields);
}

/** Puts them back. */
export function fill(form: HTMLFormElement, fields: Fields): void {
  for (const control of form.elements) {
    if (control instanceof HTMLTextAreaElement) control.value = fields[control.name]?.[0] ?? "";
    if (!(control instanceof HTMLInputElement) || OURS.has(control.name) || control.type === "file") continue;
    const given = fields[control.name];
    if (control.type === "radio" || control.type === "checkbox") control.checked = given?.includes(control.value) ?? false;
    else control.value = given?.[0] ?? "";
  }
}

export function setHidden(form: HTMLFormElement, name: "note_id" | "held_at", value: string): void {
  const box = form.elements.namedItem(name);
  if (box instanceof HTMLInputElement) box.value = value;
}

export function check(form: HTMLFormElement, name: string, value: string): void {
  for (const box of form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) box.checked = box.value === value;
}

export function must<T extends Element>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`missing ${selector}`);
  return found;
}
