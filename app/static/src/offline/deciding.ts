import { ask, outside, type World } from "./asking";
import { answered, decisionsOf, keepDecision } from "./decisions";
import type { Decision } from "./shapes";
import { pauseBefore, type Reply } from "./verdict";

const ADDRESS = "/api/v1/tags/review/decisions";
const AT_ONCE = 50;
const LAST_TRY = 5_000;

interface Result {
  tagging_id: string;
  outcome: string;
  message: string;
}

/** `waiting`: how many are still to be sent; `told`: what the server has to say about those it did not take over. */
export interface News {
  waiting: number;
  told: string[];
}

const listeners = new Set<(news: News) => void>();
let running: Promise<void> | null = null;
let again = false;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let listening = false;

export function onDecided(listener: (news: News) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** On every page: what was decided on an earlier one is sent, now and when the connection comes back. */
export function startDeciding(userId: string): void {
  if (!listening) addEventListener("online", () => void sendDecisions(userId));
  listening = true;
  void sendDecisions(userId);
}

/** Kept first, then sent. Rejects only when this phone cannot keep it. */
export async function decide(decision: Decision): Promise<void> {
  await keepDecision(decision);
  void sendDecisions(decision.user_id);
}

/** Everything this user has waiting, oldest first. Asked while it is busy, it goes round once more. */
export function sendDecisions(userId: string, world: World = outside): Promise<void> {
  again = running !== null;
  running ??= rounds(userId, world)
    .catch(() => later(userId, undefined))
    .finally(() => {
      running = null;
    });
  return running;
}

/** At signing out: one try, and no longer than a person waits. */
export async function sendLast(userId: string): Promise<void> {
  const patience = new Promise<void>((done) => setTimeout(done, LAST_TRY));
  if ((await decisionsOf(userId)).length) await Promise.race([sendDecisions(userId), patience]);
}

async function rounds(userId: string, world: World): Promise<void> {
  clearTimeout(timer);
  do {
    again = false;
    // In two tabs at once an old decision could come in after the one that took it back.
    await alone(() => drained(userId, world));
  } while (again);
}

function alone(work: () => Promise<void>): Promise<unknown> {
  return navigator.locks ? navigator.locks.request("klantsafari-deciding", work) : work();
}

async function drained(userId: string, world: World): Promise<void> {
  for (;;) {
    const waiting = await decisionsOf(userId);
    const batch = waiting.slice(0, AT_ONCE);
    if (!batch.length) return tell({ waiting: 0, told: [] });
    const decisions = batch.map(({ tagging_id, verdict, tag_id }) => ({ tagging_id, verdict, tag_id }));
    const reply = await ask({ ...world, user: userId }, "POST", ADDRESS, JSON.stringify({ decisions }));
    const results = resultsIn(reply, batch.length);
    if (!results) {
      tell({ waiting: waiting.length, told: [] });
      return later(userId, reply ?? undefined);
    }
    tries = 0;
    await answered(batch);
    tell({ waiting: waiting.length - batch.length, told: results.map((result) => result.message).filter(Boolean) });
  }
}

/** Null when it must be sent again. A role that was taken away, or a batch the server will never read, is over. */
function resultsIn(reply: Reply | null, many: number): Result[] | null {
  const said = reply?.body as { results?: Result[]; error?: { message?: string } } | null | undefined;
  if (reply?.status === 200 && said?.results?.length === many) return said.results;
  if (!reply || !said?.error || ![403, 422].includes(reply.status)) return null;
  return [{ tagging_id: "", outcome: "refused", message: said.error.message ?? "" }];
}

/** Signed out: the next page of who signs in sends it. */
function later(userId: string, reply: Reply | undefined): void {
  clearTimeout(timer);
  if (reply?.status === 401) return;
  tries += 1;
  timer = setTimeout(() => void sendDecisions(userId), Math.max(pauseBefore(tries), reply?.retryAfter ?? 0));
}

function tell(news: News): void {
  for (const listener of listeners) listener(news);
}
