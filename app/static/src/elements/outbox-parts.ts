import { icon } from "../lib/icons";
import { quoted } from "../lib/quotes";
import { type Day, saidOf } from "../offline/here";
import type { Errand } from "../offline/shapes";

type Tag = keyof HTMLElementTagNameMap;

export function made<T extends Tag>(tag: T, classes = "", ...inside: (Node | string)[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...inside);
  return element;
}

const SIGNS: Record<Errand, [string, string]> = {
  interview: ["talk", "talk"],
  observation: ["obs", "binoculars"],
  opening: ["", "helm"],
  closure: ["", "check"],
};

/** One thing in a list: what it is, what was said (`.t`), and the small print below (`.m`). */
export function shell({ id, kind }: { id: string; kind: Errand }, small: string): HTMLElement {
  const [look, sign] = SIGNS[kind];
  const item = made("li", `rec ${look}`.trim(), made("span", "ico", icon(sign)), made("p", "t"));
  item.append(made("p", "m", made("span", "", small)));
  item.dataset.unsent = id;
  return item;
}

/** A customer's own words between quotation marks, others plain. */
export function titled(item: HTMLElement, title: string | HTMLElement, literal: boolean): void {
  item.querySelector(".t")?.append(title);
  item.querySelector(".t")?.classList.toggle("q", literal);
}

export function said(text: string, literal: boolean): string {
  return literal ? quoted(text) : text;
}

export function state(sign: string, text: string, classes = ""): HTMLElement {
  return made("span", `state ${classes}`.trim(), icon(sign), text);
}

/** A moment in the words that the page gave for `today`, `yesterday` and `earlier`. */
export function moment(heldAt: string, text: (key: Day, values: Record<string, string>) => string): string {
  const { day, time, date } = saidOf(heldAt);
  const long = new Intl.DateTimeFormat(language(), { weekday: "long", day: "numeric", month: "long" });
  return text(day, { time, day: long.format(date) });
}

/** Bytes as people read them: 820 kB, 6,1 MB. */
export function size(bytes: number): string {
  const [unit, many] = bytes < 1_000_000 ? ["kilobyte", Math.max(1, Math.round(bytes / 1000))] : ["megabyte", bytes / 1e6];
  const format = new Intl.NumberFormat(language(), { style: "unit", unit: String(unit), maximumFractionDigits: 1 });
  return format.format(Number(many)).replace(" ", "\u00a0");
}

function language(): string {
  return document.documentElement.lang;
}
