import { type Confirmation, keepReceipt, receiptOf, release, update } from "./outbox";
import type { Waiting } from "./shapes";
import { LONGEST, pauseBefore, proves, type Verdict } from "./verdict";
import type { World } from "./asking";

export type Step = "sent" | "failed" | "later" | "paused";
export type Say = (id: string, step: Step) => void;

const CODES: Record<string, string> = {
  differs: "note.differs",
  deleted: "note.erased",
  quarantined: "note.quarantined",
};
const LONGEST_WAIT = 12 * LONGEST;

export function isNote(row: Waiting): boolean {
  return row.kind === "interview" || row.kind === "observation";
}

/** Whether its own pause is over. A moment far ahead is of a clock that was put right since. */
export function isDue(row: Waiting, now: number): boolean {
  return !row.next_at || row.next_at <= now || row.next_at > now + LONGEST_WAIT;
}

/** Brings a row in line with what the server said of it; `true` when its bytes are to be sent.
 *  `row` is as it was when the server was asked: what was "sent" then and is here in full now, may go. */
export async function settle(row: Waiting, said: Confirmation, say: Say): Promise<boolean> {
  if (said.state === "have" && proves(said.receipt, row)) return here(row, said, say);
  if (said.state in CODES) {
    await refuse(row, { reason: "", code: CODES[said.state] ?? "" }, say);
    return false;
  }
  // Unknown, or a "have" that proves nothing: sending once more is always safe.
  if (row.state === "sent") {
    row.attachments = row.attachments.map((file) => ({ ...file, arrived: false }));
    await change(row, { state: "waiting" }, say);
  }
  return row.state === "waiting";
}

async function here(row: Waiting, said: Confirmation, say: Say): Promise<boolean> {
  // Without a receipt it was the note that was refused, and that is over: somebody repaired it, or chose.
  const settled = row.state === "failed" && !(await receiptOf(row));
  if (said.receipt) await keepReceipt(row, said.receipt);
  const missing = new Set(said.missing);
  const files = row.attachments.map((file) => ({ ...file, arrived: !missing.has(file.sha256) }));
  if (row.state === "sent" && !missing.size) {
    await release(row, said);
    return false;
  }
  row.attachments = files;
  const whole = files.every((file) => file.arrived);
  // A file that was refused stays refused until its writer decides.
  if (whole || settled || row.state === "sent") await change(row, { state: whole ? "sent" : "waiting", last_error: "", last_code: "" }, say);
  return false;
}

/** A note whose receipt came in: sent, once its files are there too. */
export async function receive(row: Waiting, say: Say): Promise<void> {
  const whole = row.attachments.every((file) => file.arrived);
  await change(row, { state: whole ? "sent" : row.state, last_error: "", last_code: "", next_at: 0 }, say);
}

export async function refuse(row: Waiting, why: { reason: string; code: string }, say: Say): Promise<void> {
  if (row.state === "failed" && row.last_code === why.code) return;
  await change(row, { state: "failed", last_error: why.reason, last_code: why.code }, say);
}

/** No receipt yet: refused for a reason, or tried again when its pause is over. */
export async function putOff(row: Waiting, verdict: Verdict, world: World, say: Say): Promise<void> {
  if (verdict.outcome === "refused") return refuse(row, verdict, say);
  const tries = row.tries + 1;
  const next_at = world.now() + pauseBefore(tries, world.random());
  const paused = verdict.outcome === "paused";
  await change(row, paused ? { last_error: "paused" } : { tries, next_at, last_error: "later" }, say);
  say(row.id, paused ? "paused" : "later");
}

async function change(row: Waiting, changes: Partial<Waiting>, say: Say): Promise<void> {
  const before = row.state;
  Object.assign(row, changes);
  await update(row);
  if (row.state === before) return;
  say(row.id, row.state === "waiting" ? "later" : row.state);
}
