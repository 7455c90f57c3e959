import type { Fields } from "./shapes";

const BSN = /(?<!\d)(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?!\d)/g;
// Words right before a number that say what else it is: one in eleven of those would pass for a BSN.
const OTHER = new RegExp(
  "\\b(?:(?:dossier|zaak|order|bestelling|bestel|factuur|polis|ticket|referentie|kenmerk|contract|pakket|kvk|" +
    "case|invoice|policy|reference|tracking)(?:-?(?:nummer|number|nr|code))?" +
    "|(?:volg|artikel|serie|bon|meter|ticket)-?(?:nummer|nr))" +
    "(?:[ .:#]+(?:nummer|number|nr|no|is|was|met)){0,3}[ .:#]*$",
  "i",
);
const LOOK_BACK = 60;
const ACCOUNT = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=(?:[ .-]?[A-Za-z0-9]){11})/g;
// Characters of an account by country: the IBAN registry, Europe.
const LENGTHS: Record<string, number> = {
  AD: 24, AL: 28, AT: 20, BA: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FO: 18,
  FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, HR: 21, HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21,
  MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, RS: 22, SE: 24, SI: 19, SK: 24, SM: 27,
  TR: 26, UA: 29, XK: 20,
};

/** The text without a BSN or bank account in it. The server does the same; one file of cases holds the two together. */
export function masked(text: string): string {
  return withoutAccounts(
    text.replace(BSN, (found: string, ...rest: unknown[]) => {
      const at = rest.find((one) => typeof one === "number") as number;
      const said = OTHER.test(text.slice(Math.max(0, at - LOOK_BACK), at));
      return isCitizen(found) && !said ? "[BSN]" : found;
    }),
  );
}

/** What somebody typed as answers; how to reach a customer is theirs to give and stays. */
export function maskedFields(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, name.startsWith("answers.") ? values.map(masked) : values]),
  );
}

function isCitizen(found: string): boolean {
  const digits = [...found.replace(/\D/g, "")].map(Number);
  const sum = digits.reduce((total, digit, i) => total + digit * (i === 8 ? -1 : 9 - i), 0);
  return digits.some((digit) => digit > 0) && sum % 11 === 0;
}

function withoutAccounts(text: string): string {
  let [kept, done] = ["", 0];
  for (const { index } of text.matchAll(ACCOUNT)) {
    const end = index >= done ? endOfAccount(text, index) : 0;
    if (!end) continue;
    kept += `${text.slice(done, index)}[IBAN]`;
    done = end;
  }
  return kept + text.slice(done);
}

/** How long an account is, its country says. */
function endOfAccount(text: string, start: number): number {
  const length = LENGTHS[text.slice(start, start + 2).toUpperCase()] ?? 0;
  const form = new RegExp(`(?:[ .-]?[A-Za-z0-9]){${length}}(?![A-Za-z0-9])`, "y");
  form.lastIndex = start;
  const found = length ? form.exec(text)?.[0] : "";
  return found && checks(found) ? start + found.length : 0;
}

/** ISO 7064, mod 97-10: letters count as 10 to 35, the first four characters last. */
function checks(found: string): boolean {
  const plain = found.replace(/[ .-]/g, "").toUpperCase();
  const turned = plain.slice(4) + plain.slice(0, 4);
  return [...turned].reduce((rest, sign) => Number(`${rest}${parseInt(sign, 36)}`) % 97, 0) === 1;
}
