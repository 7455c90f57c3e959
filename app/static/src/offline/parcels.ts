import { ask, type World } from "./asking";
import type { Waiting } from "./shapes";
import { isJson, noteVerdict, type Reply, refusalIn, type Verdict } from "./verdict";

const MOST = 50;
const MOST_BYTES = 900_000;
/** A note that tripped up its parcel this often travels alone, so that it holds up nobody. */
export const TRIES_TOGETHER = 2;

/** Oldest first, at most fifty and some 900 kB a parcel. What does not fit in text goes by itself. */
export function parcelsOf(rows: Waiting[]): Waiting[][] {
  const parcels: Waiting[][] = [];
  let size = 0;
  for (const row of rows) {
    const last = parcels.at(-1);
    size += row.bytes.byteLength;
    if (last && last.length < MOST && size <= MOST_BYTES) last.push(row);
    else {
      parcels.push([row]);
      size = row.bytes.byteLength;
    }
  }
  return parcels;
}

/** The frozen bytes as text; null when they would not come out as the same bytes. */
function textOf(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function enveloped(row: Waiting): object {
  const { id, revision } = row;
  return { id, revision, if_match: revision > 1 ? revision - 1 : null, bytes: textOf(row.bytes) };
}

export function fits(row: Waiting): boolean {
  return row.tries < TRIES_TOGETHER && row.bytes.byteLength <= MOST_BYTES && textOf(row.bytes) !== null;
}

/** A verdict for each row that got one; "alone" when such parcels do not get through but single notes may. */
export async function sendParcel(
  world: World,
  rows: Waiting[],
): Promise<{ verdicts: Map<string, Verdict> | "alone" | null; reply: Reply | null }> {
  const reply = await ask(world, "POST", "/api/v1/sync", JSON.stringify({ notes: rows.map(enveloped) }));
  if (!reply) return { verdicts: null, reply };
  const results = (reply.body as { results?: unknown } | null)?.results;
  if (reply.status === 200 && isJson(reply.type) && Array.isArray(results)) {
    return { verdicts: judged(rows, results as Result[]), reply };
  }
  const passing = reply.status < 400 || reply.status >= 500 || [401, 408, 425, 429].includes(reply.status);
  return { verdicts: passing && reply.status !== 501 ? null : "alone", reply };
}

interface Result {
  id: string;
  status: number;
  receipt: unknown;
  error: unknown;
}

function judged(rows: Waiting[], results: Result[]): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  for (const row of rows) {
    const result = results.find((one) => one?.id === row.id);
    if (!result) continue;
    const body = result.error ? { error: result.error } : result.receipt;
    verdicts.set(row.id, noteVerdict({ status: result.status, type: "application/json", body }, row));
  }
  return verdicts;
}

/** One note, or word of a safari, by itself. */
export function sendAlone(world: World, row: Waiting): Promise<Reply | null> {
  const headers: Record<string, string> = row.revision > 1 ? { "if-match": `"${row.revision - 1}"` } : {};
  return ask(world, "PUT", addressOf(row), row.bytes, headers);
}

function addressOf(row: Waiting): string {
  if (row.kind === "opening") return `/api/v1/safaris/${row.safari_id}`;
  if (row.kind === "closure") return `/api/v1/safaris/${row.safari_id}/closure`;
  return `/api/v1/field-notes/${row.id}`;
}

export function isSignedOut(reply: Reply | null): boolean {
  return reply?.status === 401 && refusalIn(reply) !== null;
}
