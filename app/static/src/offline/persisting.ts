import { meta, setMeta } from "./meta";
import { reading } from "./store";

const ASKED = "klantsafari:persist";

/** Was anything ever saved on this phone by this user? */
export async function savedAny(userId: string): Promise<boolean> {
  const [waiting, receipts] = await reading(["outbox", "receipts"], (tx) =>
    Promise.all([tx.objectStore("outbox").getAll(), tx.objectStore("receipts").getAll()]),
  );
  return [...waiting, ...receipts].some((row) => row.user_id === userId);
}

export async function anyUnsent(userId: string): Promise<boolean> {
  const waiting = await reading(["outbox"], (tx) => tx.objectStore("outbox").getAll());
  return waiting.some((row) => row.user_id === userId && row.state !== "sent");
}

/** Asks the browser to keep what is here, once there is something to keep: at most once a visit, because some
 *  browsers ask the reader. Its answer may change later, so it is looked up at every start. */
export async function persist(userId: string): Promise<boolean> {
  const { storage } = navigator as { storage?: StorageManager };
  let kept = (await storage?.persisted?.()) ?? false;
  if (!kept && storage?.persist && !sessionStorage.getItem(ASKED) && (await savedAny(userId))) {
    sessionStorage.setItem(ASKED, "1");
    kept = await storage.persist();
  }
  if ((await meta<boolean>("persisted")) !== kept) await setMeta("persisted", kept);
  return kept;
}
