import type { Waiting } from "../offline/shapes";

export type Deed = "sign_in" | "retry" | "compare" | "new_photo" | "throw_away";

/** What a person can do about a thing that the server refused: a text of the page, and the buttons below it. */
export interface Remedy {
  words: string;
  deeds: Deed[];
  /** The server's own sentence says nothing more to a person. */
  alone?: boolean;
}

/** Readable but not right: the server keeps such a note apart, for a manager to repair. */
const KEPT_APART =
  /^(field\..*|note\.(quarantined|unknown_schema|unknown_question|answer_does_not_fit|nothing_seen|reach_missing|consent_missing|declined_but_answered))$/;

const BY_CODE: [RegExp, Remedy][] = [
  [/^note\.wrong_author$/, { words: "remedy_author", deeds: ["sign_in"] }],
  [/^not_signed_in$/, { words: "remedy_sign_in", deeds: ["sign_in"] }],
  [/^note\.(erased|discarded)$/, { words: "remedy_erased", deeds: ["throw_away"], alone: true }],
  [/^note\.differs$/, { words: "remedy_differs", deeds: ["compare", "retry"], alone: true }],
  [/^(quarantine\.full|note\.too_many_versions)$/, { words: "remedy_later", deeds: ["retry"] }],
  [/^attachment\.gone$/, { words: "remedy_gone", deeds: ["new_photo", "throw_away"], alone: true }],
  [/^(photo\.|voice\.|note\.file_refused|attachment\.)/, { words: "remedy_photo", deeds: ["new_photo", "throw_away"] }],
  [/^too_large$/, { words: "remedy_smaller", deeds: ["new_photo", "retry", "throw_away"] }],
  [/^(forbidden|not_found|note\.safari_unknown)$/, { words: "remedy_role", deeds: ["retry", "throw_away"] }],
];

const OTHERWISE: Remedy = { words: "remedy_again", deeds: ["retry", "throw_away"] };

export function remedyFor({ last_code = "", kind }: Pick<Waiting, "last_code" | "kind">): Remedy {
  const isNote = kind === "observation" || kind === "interview";
  if (isNote && KEPT_APART.test(last_code)) return { words: "remedy_manager", deeds: ["retry"], alone: true };
  const { deeds, ...remedy } = BY_CODE.find(([codes]) => codes.test(last_code))?.[1] ?? OTHERWISE;
  return { ...remedy, deeds: deeds.filter((deed) => isNote || (deed !== "new_photo" && deed !== "compare")) };
}

/** The server's sentence about it, when that says something to a person. One word is a code of ours. */
export function reasonOf(row: Pick<Waiting, "last_code" | "kind" | "last_error">): string {
  return remedyFor(row).alone || !row.last_error.includes(" ") ? "" : row.last_error;
}
