import { dropFiles } from "./outbox";
import type { Draft } from "./shapes";
import { dropDraftSpare, keepSpare } from "./spares";
import { reading, writing } from "./store";

/** Where its writer goes on with it. */
export function addressOf({ id, kind, safari_id }: Draft): string {
  return `/safaris/${safari_id}/${kind === "interview" ? "interviews" : "observations"}/new?draft=${id}`;
}

export async function keepDraft(draft: Draft): Promise<void> {
  await writing(["drafts"], (tx) => tx.objectStore("drafts").put(draft));
  void keepSpare("drafts", draft);
}

/** Only the writer's own; another user of this phone does not get to see it. */
export async function draftOf(id: string, userId: string): Promise<Draft | null> {
  const draft = await reading(["drafts"], (tx) => tx.objectStore("drafts").get(id));
  return draft?.user_id === userId && !draft.locked ? draft : null;
}

export async function draftsOf(userId: string, safariId: string): Promise<Draft[]> {
  const all = await reading(["drafts"], (tx) => tx.objectStore("drafts").getAll());
  return all.filter((draft) => draft.user_id === userId && draft.safari_id === safariId && !draft.locked);
}

/** Because somebody said so: the draft and its files go. A note that another tab froze meanwhile keeps its files. */
export async function discardDraft(id: string): Promise<void> {
  let draft: Draft | undefined;
  await writing(["drafts", "outbox", "blobs", "slices"], async (tx) => {
    draft = await tx.objectStore("drafts").get(id);
    await tx.objectStore("drafts").delete(id);
    if (!(await tx.objectStore("outbox").get(id))) await dropFiles(tx, id);
  });
  if (draft) await dropDraftSpare(draft.user_id, id);
}
