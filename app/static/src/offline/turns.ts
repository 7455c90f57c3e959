import { meta } from "./meta";
import { writing } from "./store";
import { uuid7 } from "./uuid";

const NAME = "klantsafari-sending";
const LEASE = 120_000;
const me = uuid7();

/** Does `work` when no other tab is sending; false when one is. Two at once would be slow, never wrong. */
export async function inTurn(work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) return leased(work);
  return navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

interface Lease {
  owner: string;
  until: number;
}

/** For browsers without locks. A lease that ends far ahead is of a clock that was put right since. */
async function leased(work: () => Promise<void>): Promise<boolean> {
  await writing(["meta"], async (tx) => {
    const store = tx.objectStore("meta");
    const held = (await store.get(NAME))?.value as Lease | undefined;
    const now = Date.now();
    const taken = held && held.owner !== me && held.until > now && held.until <= now + LEASE;
    if (!taken) await store.put({ name: NAME, value: { owner: me, until: now + LEASE } });
  });
  if ((await meta<Lease>(NAME))?.owner !== me) return false;
  try {
    await work();
  } finally {
    await writing(["meta"], (tx) => tx.objectStore("meta").delete(NAME));
  }
  return true;
}
