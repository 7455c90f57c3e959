import { putBack } from "./outbox";
import type { Blobbed, Draft, Waiting } from "./shapes";
import { dropSpare, sparesOf } from "./spares";

/** A file comes back only beside its note. */
const ORDER = { outbox: 0, drafts: 1, blobs: 2, slices: 3 };

/** Where the browser lost its database: what waited comes back from the second copies, sealed as these are. What was
 *  proven, or is there still, stays as it is. */
export async function putBackSpares(userId: string): Promise<void> {
  const spares = (await sparesOf(userId)).sort((a, b) => ORDER[a.shelf] - ORDER[b.shelf]);
  for (const { name, shelf, read } of spares) {
    const row = await read();
    if (!row) continue;
    const over = await putBack({ [shelf]: row } as { drafts?: Draft; outbox?: Waiting; blobs?: Blobbed });
    if (over) await dropSpare(userId, name);
  }
}
