import { ask, type World } from "./asking";
import type { Confirmation } from "./outbox";
import type { Waiting } from "./shapes";
import { isJson, type Reply, refusalIn } from "./verdict";

const MOST = 1000;
const STATES = new Set(["unknown", "have", "differs", "deleted", "quarantined"]);
const FIRST_YEAR = 1901;
const LAST_YEAR = 9998;

/** What the server said of each note, by id. `unheard`: it does not know the question; sending goes on without. */
export type Manifest = Map<string, Confirmation> | "unheard";

/** Tells the server what is on this phone. Null when there was no answer of ours: `reply` says what there was. */
export async function askManifest(
  world: World,
  rows: Waiting[],
): Promise<{ manifest: Manifest | null; reply: Reply | null }> {
  const said = new Map<string, Confirmation>();
  let reply: Reply | null = null;
  for (let from = 0; from < rows.length; from += MOST) {
    const some = rows.slice(from, from + MOST);
    reply = await asked(world, some.map(entry));
    // One odd row must not keep the others from being compared.
    if (reply?.status === 422 && refusalIn(reply)) reply = await asked(world, some.map(bare));
    if (!reply) return { manifest: null, reply };
    const part = answersIn(reply);
    if (!part) return { manifest: isUnheard(reply) ? "unheard" : null, reply };
    for (const [id, answer] of part) said.set(id, answer);
  }
  return { manifest: said, reply };
}

function asked(world: World, entries: object[]): Promise<Reply | null> {
  return ask(world, "POST", "/api/v1/manifest", JSON.stringify(entries));
}

function bare({ id, revision, sha256, attachments }: Waiting): object {
  return { id, revision, sha256, attachments: attachments.map((file) => file.sha256) };
}

function entry(row: Waiting): object {
  const year = new Date(row.held_at).getUTCFullYear();
  const when = year >= FIRST_YEAR && year <= LAST_YEAR ? { held_at: row.held_at } : {};
  return { ...bare(row), safari_id: row.safari_id, kind: row.kind, ...when };
}

/** Null unless it is JSON of the shape that only our server gives. */
function answersIn({ status, type, body }: Reply): Map<string, Confirmation> | null {
  const notes = (body as { notes?: unknown } | null)?.notes;
  if (status !== 200 || !isJson(type) || !Array.isArray(notes)) return null;
  const answers = new Map<string, Confirmation>();
  for (const note of notes as Partial<Confirmation & { id: string }>[]) {
    if (typeof note?.id !== "string" || !STATES.has(note.state ?? "") || !Array.isArray(note.missing)) continue;
    answers.set(note.id, { state: note.state ?? "", missing: note.missing, receipt: note.receipt ?? null });
  }
  return answers;
}

/** An older server, or a proxy that lets no question of this kind through; single notes may still pass. */
function isUnheard(reply: Reply): boolean {
  if (reply.status === 500) return refusalIn(reply) !== null;
  return reply.status >= 400 && reply.status < 500 && ![401, 408, 425, 429].includes(reply.status);
}
