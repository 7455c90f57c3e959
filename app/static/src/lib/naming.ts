/** An `@` with the begin of a name before the caret: where it starts and what is typed of it. */
export interface Asked {
  at: number;
  typed: string;
}

const BEGUN = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}'’. -]{0,40})$/u;
const MOST = 6;

export function asked(text: string, caret: number): Asked | null {
  const found = BEGUN.exec(text.slice(0, caret));
  if (!found) return null;
  const typed = found[1] ?? "";
  return { at: caret - typed.length - 1, typed };
}

/** Names that begin so, or of which a later word does; none when a name is there in full already. */
export function fitting(names: readonly string[], typed: string): string[] {
  const begin = typed.toLowerCase();
  if (names.some((name) => begin.startsWith(name.toLowerCase()))) return [];
  const whole = names.filter((name) => name.toLowerCase().startsWith(begin));
  const later = names.filter((name) => !whole.includes(name) && name.toLowerCase().split(" ").some((word) => word.startsWith(begin)));
  return [...whole, ...later].slice(0, MOST);
}

/** The text with that name in the place of what was typed of it, and the caret behind it. */
export function named(text: string, caret: number, one: Asked, name: string): { text: string; caret: number } {
  const rest = text.slice(caret);
  const begun = `${text.slice(0, one.at)}@${name}${/^[^\p{L}\p{N}]/u.test(rest) ? "" : " "}`;
  return { text: begun + rest, caret: begun.length };
}
