let known: Record<string, string> | null = null;

function all(): Record<string, string> {
  known ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Record<string, string>;
  return known;
}

/** The server's text for `key`, with `%(name)s` filled in. Throws when the page did not give the text. */
export function word(key: string, values: Record<string, string | number> = {}): string {
  const text = all()[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return filled(text, values);
}

/** `%(name)s` in a text of the server, filled in. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/%\((\w+)\)[sd]/g, (_, name: string) => String(values[name] ?? ""));
}
