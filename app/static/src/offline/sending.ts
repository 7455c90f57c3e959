import { phoneUser } from "./meta";
import { outboxOf, update } from "./outbox";
import { Round } from "./round";
import type { Step } from "./settling";
import { inTurn } from "./turns";
import { pauseBefore } from "./verdict";

export type Progress = { id: string; step: Step };
type Word = { progress: Progress } | { again: string };

const listeners = new Set<(progress: Progress) => void>();
let channel: BroadcastChannel | null = null;
let userId = "";
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | null = null;
let again = false;
let fruitless = 0;
let signedOut = false;
let said = "";
/** On the clock that nobody can put back. */
let notBefore = 0;

export function onProgress(listener: (progress: Progress) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `said`: why the server can take nothing in now, in its own words; "" when it can, or when nobody answered. */
export function status(): { online: boolean; signedOut: boolean; sending: boolean; said: string } {
  return { online: navigator.onLine, signedOut, sending: running !== null, said };
}

/** Sends what this user has waiting: now, when the connection or the screen comes back, and by itself in between. */
export function startSending(user: string): void {
  userId = user;
  if (!channel) listen();
  void sendNow();
}

function listen(): void {
  channel = new BroadcastChannel("klantsafari");
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if ("progress" in data) tell(data.progress);
    else if (data.again === userId && running) again = true;
  };
  addEventListener("online", () => void sendNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sendNow(false);
  });
}

/** One tab sends at a time; asked while it is busy, it goes round once more. `all`: also what pauses after a try. */
export function sendNow(all = true): Promise<void> {
  if (!userId) return Promise.resolve();
  if (running) again = true;
  running ??= rounds(all).finally(() => {
    running = null;
  });
  return running;
}

async function rounds(all: boolean): Promise<void> {
  clearTimeout(timer);
  try {
    do {
      again = false;
      if (performance.now() < notBefore) break;
      if (!(await inTurn(() => round(all)))) {
        channel?.postMessage({ again: userId } satisfies Word);
        break;
      }
      // Who was asked about while we heard that they are signed out, must hear it too: one more question does that.
    } while (again);
    await plan();
  } catch {
    // The phone's own store did not answer: what is in it is still there, so later.
    fruitless += 1;
    wait();
  }
}

async function round(all: boolean): Promise<void> {
  const pass = new Round(userId, all, say);
  await pass.go();
  signedOut = pass.signedOut;
  if (said !== pass.said) {
    said = pass.said;
    refresh();
  }
  fruitless = pass.progress ? 0 : fruitless + 1;
  notBefore = pass.retryAfter ? performance.now() + pass.retryAfter : 0;
}

/** What failed waits for its writer, and who is signed out for signing in; the rest goes by itself. */
async function plan(): Promise<void> {
  if (signedOut || (await phoneUser())?.id !== userId) return;
  if ((await outboxOf(userId)).some((row) => row.state !== "failed")) wait();
}

function wait(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sendNow(false), Math.max(pauseBefore(fruitless), notBefore - performance.now()));
}

function say(id: string, step: Step): void {
  tell({ id, step });
  channel?.postMessage({ progress: { id, step } } satisfies Word);
}

/** What is on the phone changed in another way than by sending: lists look again. */
export function refresh(): void {
  for (const listener of listeners) listener({ id: "", step: "later" });
}

function tell(progress: Progress): void {
  signedOut = progress.step === "paused" || (signedOut && progress.step !== "sent");
  for (const listener of listeners) listener(progress);
}

/** A tap on "try again": failed ones too. */
export async function retryAll(): Promise<void> {
  for (const row of await mine()) await revive(row.id);
  await tapped();
}

export async function retry(id: string): Promise<void> {
  await revive(id);
  await tapped();
}

async function mine(): ReturnType<typeof outboxOf> {
  userId ||= (await phoneUser())?.id ?? "";
  return outboxOf(userId);
}

async function revive(id: string): Promise<void> {
  const row = (await mine()).find((one) => one.id === id && one.state === "failed");
  if (row) await update({ ...row, state: "waiting", tries: 0, next_at: 0 });
}

/** Who taps does not wait for the pause that we chose ourselves. */
function tapped(): Promise<void> {
  fruitless = 0;
  notBefore = 0;
  return sendNow();
}
