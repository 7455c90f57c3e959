import { deviceTime } from "./note";
import type { Draft, Errand, Waiting } from "./shapes";
import { reading } from "./store";

/** What one user has on this phone and the server has not, or has not confirmed. Oldest first. */
export interface Here {
  drafts: Draft[];
  rows: Waiting[];
  /** A colleague's work lies here too, locked. */
  others: boolean;
  /** Some of their own is still locked: it opens once the server gave their key. */
  sealed: boolean;
  /** The key that the server gives today does not open it. */
  stays: boolean;
}

export async function hereFor(userId: string): Promise<Here> {
  const [drafts, rows, stays] = await reading(["drafts", "outbox", "meta"], (tx) =>
    Promise.all([
      tx.objectStore("drafts").getAll(),
      tx.objectStore("outbox").getAll(),
      tx.objectStore("meta").get(`stays:${userId}`),
    ]),
  );
  const sealed = [...drafts, ...rows].some((row) => row.user_id === userId && row.locked);
  const mine = (row: Draft | Waiting): boolean => row.user_id === userId;
  return {
    drafts: drafts.filter((draft) => mine(draft) && !draft.locked).sort(byAge),
    rows: rows.filter((row) => mine(row) && !row.locked).sort(byAge),
    others: [...drafts, ...rows].some((row) => !mine(row)),
    sealed,
    stays: sealed && stays?.value === true,
  };
}

// A draft on which something went wrong may have no moment: it sorts last and is still shown.
function byAge(a: { held_at: string; id: string }, b: { held_at: string; id: string }): number {
  return Date.parse(a.held_at) - Date.parse(b.held_at) || (a.id < b.id ? -1 : 1);
}

/** Neither sent nor thrown away: what must still reach the server. */
export function unsent(rows: Waiting[]): Waiting[] {
  return rows.filter((row) => row.state !== "sent");
}

export type Countable = Errand | "declined" | "photo" | "voice";
export const COUNTED: Countable[] = ["interview", "declined", "observation", "photo", "voice", "opening", "closure"];

/** How many of each, and bytes together. A file that arrived already is no longer counted. */
export function sumsOf(rows: Waiting[]): { many: Record<Countable, number>; bytes: number } {
  const many = Object.fromEntries(COUNTED.map((kind) => [kind, 0])) as Record<Countable, number>;
  let bytes = 0;
  for (const row of rows) {
    many[row.declined ? "declined" : row.kind] += 1;
    bytes += row.bytes.byteLength;
    for (const file of row.attachments) {
      if (file.arrived) continue;
      many[file.kind] += 1;
      bytes += file.size;
    }
  }
  return { many, bytes };
}

export type Day = "today" | "yesterday" | "earlier";

/** A moment as this phone's owner says it: the day seen from now, and the time on their clock as 10.41. */
export function saidOf(moment: string, now: Date = new Date()): { day: Day; time: string; date: Date } {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return { day: "today", time: moment.slice(11, 16).replace(":", "."), date: now };
  const [then, today] = [deviceTime(date), deviceTime(now)];
  const days = (Date.parse(today.slice(0, 10)) - Date.parse(then.slice(0, 10))) / 86_400_000;
  return { day: days === 0 ? "today" : days === 1 ? "yesterday" : "earlier", time: then.slice(11, 16).replace(":", "."), date };
}
