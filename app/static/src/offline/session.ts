import { dropDecisions } from "./decisions";
import { sendLast } from "./deciding";
import { found, lockUser, unlockUser } from "./locking";
import { dropMeta, meta, type PhoneUser, phoneUser, setMeta } from "./meta";
import { dropPages } from "./pages";
import { putBackSpares } from "./putting-back";
import { keyFrom } from "./sealing";
import { refresh, sendNow, startSending } from "./sending";

const PATIENCE = 15_000;

/** Somebody is signed in on this phone: their own work opens and is sent, that of others is locked and stays. */
export async function arrive(user: PhoneUser): Promise<void> {
  await setMeta("user", user);
  await setMeta(`open:${user.id}`, true);
  await putBackSpares(user.id);
  startSending(user.id);
  const { open, sealed } = await found(user.id);
  for (const other of open) if (other !== user.id) await lockAway(other);
  const key = await ownKey(user.id);
  if (!key) return addEventListener("online", () => void arriveAgain(user), { once: true });
  if (!sealed || (await phoneUser())?.id !== user.id) return;
  await setMeta(`stays:${user.id}`, !(await unlockUser(user.id)));
  refresh();
  await sendNow();
}

/** Only while this is still who is signed in: the page may be an old one. */
async function arriveAgain(user: PhoneUser): Promise<void> {
  if ((await phoneUser())?.id === user.id) await arrive(user);
}

/** At signing out, while the server still knows who asks. Throws when something could not be locked; it stays, and
 *  nobody else sees or sends it. */
export async function leave(userId: string): Promise<void> {
  const key = await ownKey(userId);
  await sendLast(userId);
  await dropMeta("user");
  await dropPages(userId);
  await dropDecisions(userId);
  const all = await lockUser(userId);
  if (!all) throw new DOMException(key ? "changed meanwhile" : "no key", "InvalidStateError");
  await dropMeta(`key:${userId}`);
}

/** Somebody whose session ended without signing out, on a phone that somebody else uses now. */
async function lockAway(userId: string): Promise<void> {
  await dropPages(userId);
  if (!(await meta(`key:${userId}`))) return;
  if (await lockUser(userId)) await dropMeta(`key:${userId}`);
}

async function ownKey(userId: string): Promise<CryptoKey | null> {
  const kept = await meta<CryptoKey>(`key:${userId}`);
  if (kept) return kept;
  const key = await fetched(userId);
  // Whoever signed out while we asked, wants no key left behind.
  if (!key || (await phoneUser())?.id !== userId) return null;
  await setMeta(`key:${userId}`, key);
  return key;
}

/** Null when the server was not reached, or when somebody else is signed in: an old page may ask for a wrong key. */
async function fetched(userId: string): Promise<CryptoKey | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch("/api/v1/me/phone-key", { credentials: "same-origin", cache: "no-store", redirect: "manual", signal });
    const said = (await answer.json()) as { key?: unknown; user_id?: unknown };
    if (answer.status !== 200 || typeof said.key !== "string" || said.user_id !== userId) return null;
    return await keyFrom(said.key);
  } catch {
    return null;
  }
}
