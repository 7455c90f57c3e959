import { sha256 } from "./sha256";
import type { Draft, Receipt, Waiting } from "./shapes";
import { reading, writing } from "./store";

/** Turns a draft into bytes that never change again. The draft goes in the same transaction. */
export async function freeze(draft: Draft, note: object): Promise<Waiting> {
  const bytes = new TextEncoder().encode(JSON.stringify(note)).buffer as ArrayBuffer;
  const declined = (note as { declined?: boolean }).declined === true;
  const row: Waiting = {
    id: draft.id,
    revision: 1,
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
  try {
    await writing(["outbox", "drafts"], async (tx) => {
      await tx.objectStore("outbox").add(row);
      await tx.objectStore("drafts").delete(draft.id);
    });
  } catch (error) {
    // Another tab was first with this same note: it is kept, once.
    if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
  }
  return row;
}

/** Oldest first. Ids begin with the time at which they were made. */
export async function outboxOf(userId: string): Promise<Waiting[]> {
  const rows = await reading(["outbox"], (tx) => tx.objectStore("outbox").getAll());
  return rows.filter((row) => row.user_id === userId).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function update(row: Waiting): Promise<void> {
  return writing(["outbox"], (tx) => tx.objectStore("outbox").put(row));
}

export function keepReceipt(receipt: Receipt, userId: string): Promise<void> {
  return writing(["receipts"], (tx) => tx.objectStore("receipts").put({ ...receipt, user_id: userId }));
}

/** Lets go of the phone's copy: never before the receipt is stored and every file has arrived. */
export function release(row: Waiting): Promise<void> {
  return writing(["outbox", "blobs", "receipts"], async (tx) => {
    const receipt = await tx.objectStore("receipts").get(row.id);
    if (receipt?.sha256 !== row.sha256) return;
    await tx.objectStore("outbox").delete(row.id);
    const blobs = tx.objectStore("blobs");
    for (const key of await blobs.index("note_id").getAllKeys(row.id)) await blobs.delete(key);
  });
}
