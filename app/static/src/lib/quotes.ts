const NARROW = "\u202f";
const WITHIN = /(?<![\p{L}\p{N}])[‘'](?=\S)((?:[^‘’']|(?<=[\p{L}\p{N}])[’'](?=[\p{L}\p{N}]))+?)(?<=\S)[’'](?![\p{L}\p{N}])/gu;

/** Somebody's own words between ‘ and ’; a quote within them becomes “ and ”, as on the server. */
export function quoted(text: string): string {
  const inner = text.replace(WITHIN, "“$1”");
  return `‘${inner.startsWith("“") ? NARROW : ""}${inner}${inner.endsWith("”") ? NARROW : ""}’`;
}
