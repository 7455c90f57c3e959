import { dropMeta, meta, setMeta } from "./meta";
import { keyOf, opened, type Sealable, sealed, type Shelf } from "./sealing";
import { reading, writing } from "./store";

const SHELVES: Shelf[] = ["drafts", "outbox", "blobs", "slices"];
const ATTEMPTS = 3;

/** Seals every row of this user with their key. False when something stayed open: there was no key, or it changed
 *  all the time. A row is open or sealed at every moment, never neither. */
export async function lockUser(userId: string): Promise<boolean> {
  const key = await meta<CryptoKey>(`key:${userId}`);
  if (key) await setMeta(`sealed:${userId}`, true);
  const all = await each(userId, async (shelf, row) => {
    if (row.locked) return null;
    if (!key) throw new DOMException("", "InvalidAccessError");
    return sealed(shelf, row, key);
  });
  if (all) await dropMeta(`open:${userId}`);
  return all;
}

/** Opens what was sealed; under another key a row stays as it is, and this is false. */
export async function unlockUser(userId: string): Promise<boolean> {
  const key = await meta<CryptoKey>(`key:${userId}`);
  if (!key) return false;
  const all = await each(userId, (shelf, row) => (row.locked ? opened(shelf, row, key) : Promise.resolve(null)));
  if (all) await dropMeta(`sealed:${userId}`);
  return all;
}

/** Who has something here that is not sealed, and whether this user has something that is. */
export async function found(userId: string): Promise<{ open: Set<string>; sealed: boolean }> {
  return reading(["drafts", "outbox", "meta"], async (tx) => {
    const [drafts, rows, marks] = await Promise.all([
      tx.objectStore("drafts").getAll(),
      tx.objectStore("outbox").getAll(),
      tx.objectStore("meta").getAllKeys(),
    ]);
    const here = [...drafts, ...rows];
    const marked = marks.filter((name) => name.startsWith("open:")).map((name) => name.slice("open:".length));
    const open = new Set([...marked, ...here.filter((row) => !row.locked).map((row) => row.user_id)]);
    const mine = here.some((row) => row.user_id === userId && row.locked);
    return { open, sealed: mine || marks.includes(`sealed:${userId}`) };
  });
}

type Remake = (shelf: Shelf, row: Sealable) => Promise<Sealable | null>;

async function each(userId: string, remake: Remake): Promise<boolean> {
  let all = true;
  for (const shelf of SHELVES) {
    const keys = await reading([shelf], (tx) => tx.objectStore(shelf).getAllKeys());
    for (const key of keys) {
      all = (await rewritten(shelf, key, userId, remake).catch((error: unknown) => failing(error))) && all;
    }
  }
  return all;
}

/** A wrong key, or none: the row stays. Anything else is trouble with the phone itself. */
function failing(error: unknown): false {
  const names = ["OperationError", "DataError", "InvalidAccessError"];
  if (error instanceof DOMException && names.includes(error.name)) return false;
  throw error;
}

/** One row in a transaction of its own. Cryptography does not fit inside one: what changed meanwhile is read again. */
async function rewritten(shelf: Shelf, key: unknown, userId: string, remake: Remake): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const row = await reading([shelf], (tx) => tx.objectStore(shelf).get(key as never) as Promise<Sealable | undefined>);
    const made = row?.user_id === userId ? await remake(shelf, row) : null;
    if (!row || !made) return true;
    let same = false;
    await writing([shelf], async (tx) => {
      const now = (await tx.objectStore(shelf).get(keyOf(row) as never)) as Sealable | undefined;
      same = !now || print(now) === print(row);
      if (now && same) await tx.objectStore(shelf).put(made as never);
    });
    if (same) return true;
  }
  return false;
}

/** Equal for equal rows; of bytes, which never change under their key, the length and the beginning are enough. */
function print(row: Sealable): string {
  return JSON.stringify(row, (_, value: unknown) =>
    value instanceof ArrayBuffer ? [value.byteLength, ...new Uint8Array(value.slice(0, 16))] : value,
  );
}
