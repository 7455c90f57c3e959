import { guidePath } from "./bundles";
import { masked } from "./masking";
import { deviceTime } from "./note";
import { addErrand } from "./outbox";
import { keepPages, keptPage } from "./pages";
import { sha256 } from "./sha256";
import type { Errand, Waiting } from "./shapes";
import { uuid7 } from "./uuid";

/** A safari as chosen on the phone; `place` is the location's name. */
export interface Beginning {
  id: string;
  location_id: string;
  place: string;
  guide_version_id: string;
  target: number;
  goal: string;
  back_office: boolean;
}

const ADDRESSES = { field: "", interview: "/interviews/new", observation: "/observations/new", closure: "/closure" };

/** Begins a safari on the phone alone. False when the guide is not on it; throws when nothing can be stored. */
export async function openOffline(userId: string, chosen: Beginning, language: string): Promise<boolean> {
  const at = new Date();
  const safari = { ...chosen, goal: masked(chosen.goal) };
  const pages: Record<string, string> = {};
  for (const [screen, address] of Object.entries(ADDRESSES)) {
    const page = await keptPage(userId, guidePath(safari.guide_version_id, screen));
    if (!page) return false;
    pages[`/safaris/${safari.id}${address}`] = filledIn(page.html, values(safari, at, language));
  }
  const { location_id, guide_version_id, target, goal, back_office } = safari;
  const wire = { schema: 1, location_id, guide_version_id, target, goal, back_office, started_at: deviceTime(at) };
  try {
    await addErrand(await row(safari.id, userId, safari.id, "opening", safari.place, at, wire));
  } catch (error) {
    // A second tap: what the first chose is on its way.
    if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
  }
  await keepPages(userId, safari.id, pages);
  return true;
}

/** Ends it on the phone; the server hears of it later. Throws when nothing can be stored. */
export async function closeOffline(userId: string, safariId: string, place: string, debrief: string): Promise<void> {
  const at = new Date();
  const wire = { schema: 1, debrief: masked(debrief), closed_at: deviceTime(at) };
  await addErrand(await row(uuid7(at.getTime()), userId, safariId, "closure", place, at, wire));
}

/** An opening has the safari's own id; a closure one of its own, as both can be waiting. */
async function row(
  id: string,
  userId: string,
  safariId: string,
  kind: Errand,
  headline: string,
  at: Date,
  wire: object,
): Promise<Waiting> {
  const bytes = new TextEncoder().encode(JSON.stringify(wire)).buffer as ArrayBuffer;
  return {
    id,
    revision: 1,
    schema: 1,
    user_id: userId,
    safari_id: safariId,
    kind,
    held_at: deviceTime(at),
    headline,
    literal: false,
    declined: false,
    bytes,
    sha256: await sha256(bytes),
    attachments: [],
    state: "waiting",
    tries: 0,
    last_error: "",
  };
}

function values(safari: Beginning, at: Date, language: string): Record<string, string> {
  const locale = language === "nl" ? "nl-NL" : "en-GB";
  const day = at.toLocaleDateString(locale, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
  const time = `${String(at.getHours()).padStart(2, "0")}.${String(at.getMinutes()).padStart(2, "0")}`;
  const { id, place, goal, target } = safari;
  return { safari: id, place, goal, target: String(target), day: day.charAt(0).toUpperCase() + day.slice(1), time };
}

/** In one pass, so that what somebody typed is never taken for a place to fill in. */
export function filledIn(html: string, given: Record<string, string>): string {
  const page = given.goal ? html : html.replace(/<span data-goal>[\s\S]*?<\/span>/, "");
  const dots = "<i></i>".repeat(Math.min(Number(given.target) || 0, 10));
  return page.replace(/__(safari|place|goal|target|dots|day|time)__/g, (_, name: string) =>
    name === "dots" ? dots : escaped(given[name] ?? ""),
  );
}

function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
}
