import { dropFiles } from "./outbox";
import type { Waiting } from "./shapes";
import { dropSpares } from "./spares";
import { writing } from "./store";

/** Because its writer said so, in so many words: something that the server refused, and its files, leave this phone.
 *  What still waits, or is of somebody else, stays. Gives whether it went. */
export async function discardRefused(id: string, userId: string): Promise<boolean> {
  let gone: Waiting | undefined;
  await writing(["outbox", "blobs", "slices"], async (tx) => {
    const row = await tx.objectStore("outbox").get(id);
    if (row?.user_id !== userId || row.state !== "failed") return;
    await tx.objectStore("outbox").delete(id);
    await dropFiles(tx, id);
    gone = row;
  });
  if (gone) await dropSpares(gone);
  return gone !== undefined;
}
