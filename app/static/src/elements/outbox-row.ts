import { word } from "../lib/words";
import { addressOf } from "../offline/drafts";
import type { Attachment, Draft, Waiting } from "../offline/shapes";
import { made, moment, said, shell, size, state, titled } from "./outbox-parts";
import { type Deed, reasonOf, remedyFor } from "./outbox-remedy";

/** Percent of a file that is with the server while it is being sent, by note id and sha256. */
export type Underway = (id: string, sha256: string) => number | null;

function small(thing: Draft | Waiting): string {
  return `${word(thing.kind)}, ${moment(thing.held_at, word)}`;
}

export function draftRow(draft: Draft): HTMLElement {
  const item = shell(draft, small(draft));
  titled(item, said(draft.headline || word("no_words"), draft.literal), draft.literal && !!draft.headline);
  item.querySelector(".m")?.append(state("pencil", word("draft")));
  const link = made("a", "btn btn-sec btn-s", word("continue"));
  link.href = addressOf(draft);
  item.append(made("div", "btns", link));
  return item;
}

/** What was said, or the place of a safari that began or ended. */
export function titleOf(row: Waiting): string {
  return said(row.headline || word(row.declined ? "declined" : row.attachments[0]?.kind ?? "no_words"), row.literal);
}

/** A finished thing with its state; what was refused comes with the reason and what you can do.
 *  `held`: its safari was refused, and until that is there no note of it can be. */
export function waitingRow(row: Waiting, held: boolean, underway: Underway): HTMLElement {
  const item = shell(row, small(row));
  titled(item, titleOf(row), row.literal);
  const line = item.querySelector(".m");
  if (row.state === "sent") line?.append(state("cloud-check", word("sent"), "sent"));
  else if (row.state === "failed") line?.append(state("alert", word("failed"), "failed"));
  else line?.append(state("device", word(held ? "held" : "waiting")));
  if (row.attachments.length) item.append(files(row, underway));
  if (row.state === "failed") item.append(...troubled(row));
  return item;
}

function files(row: Waiting, underway: Underway): HTMLElement {
  const list = made("ul", "files");
  for (const file of row.attachments) list.append(fileLine(file, row, underway(row.id, file.sha256)));
  return list;
}

function fileLine(file: Attachment & { arrived?: boolean }, row: Waiting, percent: number | null): HTMLElement {
  const line = made("li", "", made("span", "", `${word(file.kind)}, ${size(file.size)}`));
  if (file.arrived) line.append(state("cloud-check", word("sent"), "sent"));
  else if (percent !== null) line.append(progress(percent, word("percent", { n: percent })));
  else if (row.state !== "failed") line.append(state("device", word("waiting")));
  return line;
}

function progress(percent: number, words: string): HTMLElement {
  const bar = made("progress");
  bar.max = 100;
  bar.value = percent;
  bar.setAttribute("aria-label", words);
  return made("span", "percent", bar, words);
}

function troubled(row: Waiting): HTMLElement[] {
  const { words, deeds } = remedyFor(row);
  const reason = reasonOf(row);
  const why = made("p", "why", ...(reason ? [reason, made("br")] : []), word(words));
  return [why, made("div", "btns", ...deeds.map((deed) => button(deed, row)))];
}

function button(deed: Deed, row: Waiting): HTMLElement {
  const links: Partial<Record<Deed, string>> = {
    sign_in: "/login?next=/outbox",
    compare: `/field-notes/${row.id}`,
    new_photo: newPhoto(row),
  };
  if (links[deed]) {
    const anchor = made("a", "btn btn-sec btn-s", word(deed));
    anchor.href = links[deed];
    return anchor;
  }
  const press = made("button", deed === "throw_away" ? "btn btn-quiet danger" : "btn btn-sec btn-s", word(deed));
  press.type = "button";
  press.dataset.deed = deed;
  return press;
}

function newPhoto(row: Waiting): string {
  return `/safaris/${row.safari_id}/observations/new?with=${row.attachments[0]?.kind === "voice" ? "voice" : "photo"}`;
}
