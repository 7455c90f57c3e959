const BETWEEN = "(?:(?:van|de|der|den|het|ten|ter|te|el|al|bin|von|du|la|le|d')\\s+)*";
const NAME = "\\p{Lu}[\\p{L}'’-]+";
const TITLE = "(?:[Mm]evrouw|[Mm]evr\\.?|[Mm]w\\.?|[Mm]eneer|[Mm]ijnheer|[Dd]hr\\.?|[Dd]e heer|[Mm]rs?\\.?|[Mm]s\\.?|[Dd]r\\.?)";
const CALLED = "(?:naam is|heet|genaamd|my name is|called)";
const PARTICLES = "(?:[Vv]an der|[Vv]an den|[Vv]an de|[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er)";

const SIGNS = [
  new RegExp(`${TITLE}\\s+(?:${PARTICLES}\\s+)?${NAME}(?:\\s+${BETWEEN}${NAME})*`, "gu"),
  new RegExp(`(?<=\\b${CALLED}\\s)${NAME}(?:\\s+${BETWEEN}${NAME})*`, "gu"),
  // A first name and a surname in the middle of a sentence.
  new RegExp(`(?<=[\\p{Ll},;:]\\s)${NAME}\\s+${BETWEEN}${NAME}`, "gu"),
  /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu,
  /(?<![\d.,])(?:\+\d{2}|0)[ -]?(?:\d[ -]?){8}\d(?!\d)/g,
];
const BLACK = "█████";

/** Words that may say who somebody is: a name, an address to mail, a number to call. A hint, never certain.
 *  `known` are names that are nobody's, such as the place. */
export function namesIn(text: string, known: string[] = []): string[] {
  const found = SIGNS.flatMap((sign) => text.match(sign) ?? []).map((name) => name.trim());
  const places = known.map((name) => name.toLowerCase());
  const people = found.filter((name) => !places.some((place) => place.includes(name.toLowerCase())));
  const longest = people.filter((name, i) => !people.some((other, j) => other.includes(name) && (other !== name || j < i)));
  return [...new Set(longest)];
}

/** The text with that name made black, as long as any other, wherever it stands. */
export function blackened(text: string, name: string): string {
  return text.split(name).join(BLACK);
}
