import { deviceTime, headlineOf, interviewAnswers, observationAnswers, type Question, reachable } from "../offline/note";
import type { Draft, Fields, Kind } from "../offline/shapes";
import { fieldsOf } from "./capture-fields";

/** A note that begins now; `host` says for whom, where and of which kind. */
export function blankDraft(host: HTMLElement, id: string): Draft {
  return {
    id,
    user_id: host.getAttribute("user") ?? "",
    safari_id: host.getAttribute("safari") ?? "",
    kind: host.getAttribute("kind") as Kind,
    held_at: deviceTime(new Date()),
    screen: 0,
    fields: {},
    headline: "",
    literal: false,
    attachments: [],
  };
}

/** What a list shows of the note: somebody's words, else the quick words that were chosen. */
export function headlineFor(
  form: HTMLFormElement,
  fields: Fields,
  asked: Question[],
): { headline: string; literal: boolean } {
  const { text, literal } = headlineOf(asked.length ? interviewAnswers(fields, asked) : observationAnswers(fields));
  const quick = [...form.querySelectorAll<HTMLInputElement>("[name='answers.words']:checked")];
  return { headline: text || quick.map((box) => box.labels?.[0]?.textContent?.trim()).join(", "), literal };
}

/** The field that still needs something before the note can be kept. */
export function missingIn(form: HTMLFormElement, asked: Question[], draft: Draft): string | null {
  const fields = fieldsOf(form);
  if (draft.kind === "observation") {
    const seen = Object.keys(observationAnswers(fields)).length + draft.attachments.length;
    return seen || fields.effect ? null : "answers.text";
  }
  if (!fields.consent) return "consent";
  for (const { key, kind } of asked) {
    const text = fields[`answers.${key}`]?.[0]?.trim();
    if (kind === "number" && text && !/^\d+$/.test(text)) return `answers.${key}`;
  }
  const calls = fields.consent[0] === "yes" && fields.call_back?.[0] === "yes";
  return calls && !reachable(fields["call_back.reach"]?.[0]?.trim() ?? "") ? "call_back.reach" : null;
}

/** The customer would rather not, after all, while there are answers. */
export function takesBack(form: HTMLFormElement, asked: Question[], draft: Draft): boolean {
  const fields = fieldsOf(form);
  return fields.consent?.[0] === "no" && Object.keys(interviewAnswers(fields, asked)).length + draft.attachments.length > 0;
}
