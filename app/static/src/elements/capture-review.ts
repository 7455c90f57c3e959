import { quoted } from "../lib/quotes";
import { word } from "../lib/words";
import { type Question, quotesIn } from "../offline/note";
import type { Attachment, Fields } from "../offline/shapes";
import { must } from "./capture-fields";

export interface Asked extends Question {
  screen: number;
  words: string;
}

interface Line {
  what: string;
  said: string;
  quote: boolean;
  own: boolean;
  change: Record<string, string>;
}

/** What an answer reads as: the text, or the words beside what was chosen. */
export function said(form: HTMLFormElement, fields: Fields, key: string): string {
  const name = `answers.${key}`;
  const chosen = [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].filter((box) => box.value);
  if (chosen.length) return chosen.map((box) => box.labels?.[0]?.textContent?.trim() ?? "").join(", ");
  return (fields[name]?.[0] ?? "").trim();
}

export function showOverview(host: HTMLElement, form: HTMLFormElement, fields: Fields): void {
  for (const small of host.querySelectorAll<HTMLElement>("[data-answer]")) {
    small.textContent = said(form, fields, small.dataset.answer ?? "") || word("no_answer");
  }
}

/** The last look: every answer with its own "Wijzig". */
export function showReview(
  host: HTMLElement,
  form: HTMLFormElement,
  fields: Fields,
  asked: Asked[],
  attachments: Attachment[],
): void {
  const lines: Line[] = asked.map(({ key, kind, screen, words }) => ({
    what: words,
    said: said(form, fields, key),
    quote: kind === "open",
    own: fields[`literal.${key}`]?.[0] === "false",
    change: { jump: String(screen) },
  }));
  quotesIn(fields).forEach((quote, i) => {
    lines.push({ what: word("quote"), said: String(quote.value), quote: true, own: !quote.literal, change: { editQuote: String(i + 1) } });
  });
  const last = (asked.at(-1)?.screen ?? 0) + 1;
  const wish = fields.call_back?.[0];
  const reach = [fields["call_back.name"]?.[0], fields["call_back.reach"]?.[0]].filter(Boolean).join(", ");
  lines.push({
    what: word("call_back"),
    said: wish === "yes" ? reach : wish === "no" ? word("no") : "",
    quote: false,
    own: false,
    change: { jump: String(last) },
  });
  if (attachments.length) lines.push({ what: word("attachments"), said: String(attachments.length), quote: false, own: false, change: {} });
  must(host, "[data-review]").replaceChildren(...lines.map(row));
}

function row({ what, said: text, quote, own, change }: Line): HTMLElement {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  const answer = document.createElement("dd");
  term.textContent = what;
  answer.textContent = text ? (quote && !own ? quoted(text) : text) : word("no_answer");
  answer.className = text ? (quote ? "q" : "") : "none";
  if (text && own) {
    const cite = document.createElement("cite");
    cite.textContent = word("own_words");
    answer.append(cite);
  }
  line.append(term, answer);
  if (Object.keys(change).length) line.append(button(what, change));
  return line;
}

function button(what: string, change: Record<string, string>): HTMLElement {
  const place = document.createElement("dd");
  const change_ = document.createElement("button");
  change_.type = "button";
  change_.className = "btn btn-quiet";
  change_.textContent = word("change");
  change_.setAttribute("aria-label", word("change_what", { what }));
  Object.assign(change_.dataset, change);
  place.className = "change";
  place.append(change_);
  return place;
}
