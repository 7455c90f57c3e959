import type { Answer, Draft, Fields } from "./shapes";

export interface Question {
  key: string;
  kind: string;
}

type Answers = Record<string, Answer>;
const MOST_QUOTES = 20;

function first(fields: Fields, name: string): string {
  return (fields[name]?.[0] ?? "").trim();
}

function words(fields: Fields, key: string): Answer {
  return { value: first(fields, `answers.${key}`), literal: first(fields, `literal.${key}`) !== "false" };
}

function answerTo({ key, kind }: Question, fields: Fields): Answer | null {
  const name = `answers.${key}`;
  const text = first(fields, name);
  if (kind === "multiple") return fields[name]?.length ? { value: fields[name] } : null;
  if (text === "") return null;
  if (kind === "open") return words(fields, key);
  if (kind === "yes_no") return { value: text === "true" };
  if (kind === "scale" || kind === "number") return /^\d+$/.test(text) ? { value: Number(text) } : null;
  return { value: text };
}

/** The quotes, numbered anew so that an empty box leaves no gap. */
export function quotesIn(fields: Fields): Answer[] {
  const numbers = Array.from({ length: MOST_QUOTES }, (_, i) => i + 1);
  return numbers.map((n) => words(fields, `quote-${n}`)).filter((quote) => quote.value !== "");
}

export function interviewAnswers(fields: Fields, questions: Question[]): Answers {
  const answers: Answers = {};
  for (const question of questions) {
    const answer = answerTo(question, fields);
    if (answer) answers[question.key] = answer;
  }
  quotesIn(fields).forEach((quote, i) => {
    answers[`quote-${i + 1}`] = quote;
  });
  return answers;
}

export function observationAnswers(fields: Fields): Answers {
  const answers: Answers = {};
  const text = first(fields, "answers.text");
  const chosen = fields["answers.words"] ?? [];
  if (text) answers.text = { value: text };
  if (chosen.length) answers.words = { value: chosen };
  return answers;
}

/** The same rule as the server's: an @ inside, or eight digits. */
export function reachable(reach: string): boolean {
  return reach.slice(1, -1).includes("@") || (reach.match(/\d/g) ?? []).length >= 8;
}

function callBack(fields: Fields): { name: string; reach: string } | undefined {
  const wish = first(fields, "call_back");
  const reach = first(fields, "call_back.reach");
  if (wish === "no" || (wish !== "yes" && !reach)) return undefined;
  return { name: first(fields, "call_back.name"), reach };
}

const ASKED = ["photo", "voice", "call_back"];

/** For what else the customer said yes, by the version of the text that was read; undefined of a page that never asked. */
function consents(fields: Fields): { purpose: string; version: string }[] | undefined {
  const read = ASKED.map((purpose) => ({ purpose, version: first(fields, `consent.${purpose}`) }));
  return read.some(({ version }) => version) ? read.filter(({ version }) => version) : undefined;
}

/** The note as it goes over the wire. JSON leaves out what is undefined. */
export function wireNote(draft: Draft, questions: Question[], consentVersion: string): object {
  const base = {
    schema: 1,
    safari_id: draft.safari_id,
    kind: draft.kind,
    author_id: draft.user_id,
    revision: 1,
    held_at: draft.held_at,
    attachments: draft.attachments.map(({ sha256, kind, size, media_type }) => ({ sha256, kind, size, media_type })),
  };
  const { fields } = draft;
  if (draft.kind === "observation") {
    return { ...base, answers: observationAnswers(fields), effect: first(fields, "effect") || undefined, consents: consents(fields) };
  }
  if (first(fields, "consent") === "no") return { ...base, attachments: [], declined: true, answers: {} };
  return {
    ...base,
    consent: first(fields, "consent") === "yes" ? consentVersion : "",
    answers: interviewAnswers(fields, questions),
    call_back: callBack(fields),
    consents: consents(fields),
  };
}

/** The customer's own sentence first: a quote, then the first text. */
export function headlineOf(answers: Answers): { text: string; literal: boolean } {
  const said = Object.entries(answers).filter(([name, answer]) => answer.literal !== undefined || name === "text");
  const rank = ([name, answer]: [string, Answer]): number =>
    (name.startsWith("quote-") ? 0 : 2) + (answer.literal ? 0 : 1);
  const best = said.sort((a, b) => rank(a) - rank(b))[0]?.[1];
  const text = String(best?.value ?? "").split("\n")[0] ?? "";
  return { text: text.length > 140 ? `${text.slice(0, 139)}…` : text, literal: best?.literal ?? false };
}

/** The device's time with its own distance from UTC: data, never an order. */
export function deviceTime(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
