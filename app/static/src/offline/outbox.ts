import { sha256 } from "./sha256";
import type { Blobbed, Draft, Receipt, Waiting } from "./shapes";
import { dropDraftSpare, dropSpares, keepSpare } from "./spares";
import { reading, type Writing, writing } from "./store";

/** Turns a draft into bytes that never change again. The draft goes in the same transaction.
 *  A second tab with the same bytes adds nothing; with other bytes it throws a ConstraintError, and nothing goes. */
export async function freeze(draft: Draft, note: object): Promise<Waiting> {
  const bytes = new TextEncoder().encode(JSON.stringify(note)).buffer as ArrayBuffer;
  const { declined = false, revision = 1 } = note as { declined?: boolean; revision?: number };
  const row: Waiting = {
    id: draft.id,
    revision,
    schema: 1,
    user_id: draft.user_id,
    safari_id: draft.safari_id,
    kind: draft.kind,
    held_at: draft.held_at,
    headline: declined ? "" : draft.headline,
    literal: draft.literal,
    declined,
    bytes,
    sha256: await sha256(bytes),
    attachments: declined ? [] : draft.attachments,
    state: "waiting",
    tries: 0,
    last_error: "",
  };
  await writing(["outbox", "drafts"], async (tx) => {
    await addOnce(tx, row);
    await tx.objectStore("drafts").delete(draft.id);
  });
  void spare(row);
  return row;
}

/** Word that a safari began or ended, or a new revision of a note. */
export async function addErrand(row: Waiting): Promise<void> {
  await writing(["outbox"], (tx) => addOnce(tx, row));
  void spare(row);
}

async function spare(row: Waiting): Promise<void> {
  await keepSpare("outbox", row);
  for (const { sha256 } of row.attachments) {
    const file = await keptFile(row.id, sha256).catch(() => null);
    if (file) await keepSpare("blobs", file);
  }
  await dropDraftSpare(row.user_id, row.id);
}

/** From a second copy: only what is not here and was not let go. True when the copy has done its work. */
export async function putBack(found: { drafts?: Draft; outbox?: Waiting; blobs?: Blobbed }): Promise<boolean> {
  const { drafts, outbox, blobs } = found;
  const id = drafts?.id ?? outbox?.id ?? blobs?.note_id ?? "";
  let over = false;
  await writing(["drafts", "outbox", "blobs", "receipts"], async (tx) => {
    const waits = await tx.objectStore("outbox").get(id);
    const draft = await tx.objectStore("drafts").get(id);
    const receipt = await tx.objectStore("receipts").get(id);
    over = !waits && receipt !== undefined && (!outbox || isSame(receipt, outbox));
    if (over) return;
    if (outbox && !waits) await tx.objectStore("outbox").add({ ...outbox, state: "waiting", tries: 0, next_at: 0 });
    if (drafts && !waits && !draft) await tx.objectStore("drafts").add(drafts);
    if (blobs && waits && !(await tx.objectStore("blobs").get(blobs.key))) await tx.objectStore("blobs").put(blobs);
  });
  return over;
}

async function addOnce(tx: Writing, row: Waiting): Promise<void> {
  const there = await tx.objectStore("outbox").get(row.id);
  if (!there) await tx.objectStore("outbox").add(row);
  else if (there.sha256 !== row.sha256) throw new DOMException("other bytes wait under this id", "ConstraintError");
}

/** Oldest first, sent ones that wait for confirmation too. Ids begin with the time at which they were made. */
export async function outboxOf(userId: string): Promise<Waiting[]> {
  const rows = await reading(["outbox"], (tx) => tx.objectStore("outbox").getAll());
  return rows.filter((row) => row.user_id === userId && !row.locked).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What of a row may change. A row that another tab let go or locked meanwhile stays as it is. */
export function update(row: Waiting): Promise<void> {
  return writing(["outbox"], async (tx) => {
    const there = await tx.objectStore("outbox").get(row.id);
    if (!there || there.locked || !isSame(there, row)) return;
    const { state, tries, last_error, last_code, next_at, attachments } = row;
    await tx.objectStore("outbox").put({ ...there, state, tries, last_error, last_code, next_at, attachments });
  });
}

/** Under the row's own id: the receipt of a closure carries the id of its safari. */
export function keepReceipt(row: Waiting, receipt: Receipt): Promise<void> {
  return writing(["receipts"], (tx) => tx.objectStore("receipts").put({ ...receipt, id: row.id, user_id: row.user_id }));
}

export async function receiptOf(row: Waiting): Promise<Receipt | null> {
  const receipt = await reading(["receipts"], (tx) => tx.objectStore("receipts").get(row.id));
  return receipt && isSame(receipt, row) ? receipt : null;
}

type Known = Pick<Receipt, "id" | "revision" | "sha256">;

export function isSame(one: Known, other: Known): boolean {
  return one.id === other.id && one.revision === other.revision && one.sha256 === other.sha256;
}

/** What the server said of a note when it was asked again, after the receipt was stored. */
export interface Confirmation {
  state: string;
  missing: string[];
  receipt: Receipt | null;
}

/** Lets go of the phone's copy, files first. The only place that does: `asked` is the row as it was when the server
 *  was asked, "sent" already, and the server must have said that it has these very bytes and misses no file. */
export async function release(asked: Waiting, said: Confirmation): Promise<void> {
  let gone = false;
  await writing(["outbox", "blobs", "receipts", "slices"], async (tx) => {
    const row = await tx.objectStore("outbox").get(asked.id);
    const receipt = await tx.objectStore("receipts").get(asked.id);
    if (asked.state !== "sent" || said.state !== "have" || said.missing.length > 0) return;
    if (!row || row.locked || row.state !== "sent" || !row.attachments.every((file) => file.arrived)) return;
    if (!receipt || !said.receipt || ![asked, receipt, said.receipt].every((one) => isSame(one, row))) return;
    await dropFiles(tx, row.id);
    await tx.objectStore("outbox").delete(row.id);
    gone = true;
  });
  if (gone) await dropSpares(asked);
}

/** Every photo and recording of one note. */
export async function dropFiles(tx: Writing, noteId: string): Promise<void> {
  for (const name of ["blobs", "slices"] as const) {
    const store = tx.objectStore(name);
    for (const key of await store.index("note_id").getAllKeys(noteId)) await store.delete(key as never);
  }
}

export function fileKey(noteId: string, hash: string): string {
  return `${noteId}/${hash}`;
}

export async function keptFile(noteId: string, hash: string): Promise<Blobbed | null> {
  return (await reading(["blobs"], (tx) => tx.objectStore("blobs").get(fileKey(noteId, hash)))) ?? null;
}
