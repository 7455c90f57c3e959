import { blobOf } from "./blobs";
import { keepReceipt, outboxOf, release, update } from "./outbox";
import type { Waiting } from "./shapes";
import { blobVerdict, noteVerdict, pauseBefore, type Reply, type Verdict } from "./verdict";

export type Progress = { id: string; step: "sent" | "failed" | "later" | "paused" };

const TIMEOUT = 60_000;
const listeners = new Set<(progress: Progress) => void>();
let userId = "";
let timer = 0;
let fruitless = 0;

export function onProgress(listener: (progress: Progress) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends what this user has waiting: now, when the connection or the screen comes back, and by itself in between. */
export function startSending(user: string): void {
  const first = !userId;
  userId = user;
  if (first) {
    addEventListener("online", () => void sendNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void sendNow();
    });
  }
  void sendNow();
}

/** One tab sends at a time. */
export async function sendNow(): Promise<void> {
  clearTimeout(timer);
  try {
    await navigator.locks.request("klantsafari-sending", { ifAvailable: true }, async (lock) => {
      if (lock) await round();
    });
    if ((await outboxOf(userId)).some((row) => row.state === "waiting")) plan();
  } catch {
    plan();
  }
}

function plan(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void sendNow(), pauseBefore(fruitless));
}

async function round(): Promise<void> {
  fruitless += 1;
  for (const row of await outboxOf(userId)) {
    if (row.state !== "waiting") continue;
    const verdict = await send(row);
    await settle(row, verdict);
    if (verdict.outcome === "received") fruitless = 0;
    if (verdict.outcome === "paused" || (verdict.outcome === "later" && !navigator.onLine)) return;
  }
}

async function send(row: Waiting): Promise<Verdict> {
  const address = `/api/v1/field-notes/${row.id}`;
  const answer = await put(address, row.bytes, "application/json");
  const verdict: Verdict = answer ? noteVerdict(answer, row) : { outcome: "later" };
  if (verdict.outcome !== "received") return verdict;
  await keepReceipt(verdict.receipt, row.user_id);
  for (const file of row.attachments) {
    if (file.arrived) continue;
    const bytes = await blobOf(row.id, file.sha256);
    if (!bytes) continue;
    const reply = await put(`${address}/blobs/${file.sha256}`, bytes, file.media_type);
    const arrival: Verdict = reply ? blobVerdict(reply, { id: row.id, sha256: file.sha256 }) : { outcome: "later" };
    if (arrival.outcome !== "received") return arrival;
    file.arrived = true;
    await update(row);
  }
  return verdict;
}

async function put(address: string, body: ArrayBuffer, type: string): Promise<Reply | null> {
  try {
    const answer = await fetch(address, {
      method: "PUT",
      body,
      headers: { "content-type": type, accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const kind = answer.headers.get("content-type") ?? "";
    const read = kind.includes("json") ? await answer.json().catch(() => null) : null;
    return { status: answer.status, type: kind, body: read };
  } catch {
    return null;
  }
}

async function settle(row: Waiting, verdict: Verdict): Promise<void> {
  if (verdict.outcome === "received") {
    await release(row);
    return say(row.id, "sent");
  }
  row.tries += 1;
  row.last_error = verdict.outcome === "refused" ? verdict.reason : verdict.outcome;
  if (verdict.outcome === "refused") row.state = "failed";
  await update(row);
  say(row.id, verdict.outcome === "refused" ? "failed" : verdict.outcome);
}

function say(id: string, step: Progress["step"]): void {
  for (const listener of listeners) listener({ id, step });
}

/** A tap on "try again": failed ones too. */
export async function retryAll(): Promise<void> {
  for (const row of await outboxOf(userId)) {
    if (row.state === "failed") await update({ ...row, state: "waiting" });
  }
  fruitless = 0;
  await sendNow();
}
