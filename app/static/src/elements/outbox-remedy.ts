import type { Waiting } from "../offline/shapes";

export type Deed = "sign_in" | "retry" | "new_photo" | "throw_away";

/** What a person can do about a thing that the server refused: a text of the page, and the buttons below it. */
export interface Remedy {
  words: string;
  deeds: Deed[];
  /** The server's own sentence says nothing more to a person. */
  alone?: boolean;
}

const BY_CODE: [RegExp, Remedy][] = [
  [/^note\.wrong_author$/, { words: "remedy_author", deeds: ["sign_in"] }],
  [/^not_signed_in$/, { words: "remedy_sign_in", deeds: ["sign_in"] }],
  [/^note\.erased$/, { words: "remedy_erased", deeds: ["throw_away"] }],
  [/^note\.differs$/, { words: "remedy_differs", deeds: ["throw_away"] }],
  [/^note\.quarantined$/, { words: "remedy_manager", deeds: ["retry"], alone: true }],
  [/^(photo\.|voice\.|note\.file_refused|attachment\.)/, { words: "remedy_photo", deeds: ["new_photo", "throw_away"] }],
  [/^too_large$/, { words: "remedy_smaller", deeds: ["new_photo", "retry", "throw_away"] }],
  [/^blob\./, { words: "remedy_again", deeds: ["retry", "throw_away"] }],
  [/^(forbidden|not_found)$/, { words: "remedy_role", deeds: ["retry", "throw_away"] }],
];

const OTHERWISE: Remedy = { words: "remedy_again", deeds: ["retry", "throw_away"] };

export function remedyFor({ last_code = "", kind }: Pick<Waiting, "last_code" | "kind">): Remedy {
  const { deeds, ...remedy } = BY_CODE.find(([codes]) => codes.test(last_code))?.[1] ?? OTHERWISE;
  const observed = kind === "observation" || kind === "interview";
  return { ...remedy, deeds: deeds.filter((deed) => deed !== "new_photo" || observed) };
}

/** The server's sentence about it, when that says something to a person. One word is a code of ours. */
export function reasonOf(row: Pick<Waiting, "last_code" | "kind" | "last_error">): string {
  return remedyFor(row).alone || !row.last_error.includes(" ") ? "" : row.last_error;
}
