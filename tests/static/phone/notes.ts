import { keepDraft } from "../../../app/static/src/offline/drafts";
import { freeze } from "../../../app/static/src/offline/outbox";
import { sha256 } from "../../../app/static/src/offline/sha256";
import type { Blobbed, Draft, Waiting } from "../../../app/static/src/offline/shapes";
import { reading, writing } from "../../../app/static/src/offline/store";

export const SAFARI = "0190a000-0000-7000-8000-0000000000aa";

export function idOf(number: number): string {
  return `0190a000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

export function draftOf(number: number, user: string, words = `Verhaal ${number}`): Draft {
  return {
    id: idOf(number), user_id: user, safari_id: SAFARI, kind: "observation", held_at: "2026-11-24T10:41:00+01:00",
    screen: 0, fields: { "answers.text": [words] }, headline: words, literal: false, attachments: [],
  };
}

/** A finished note with so many files, kept as the capture screen does it. */
export async function frozen(number: number, user: string, files = 0): Promise<Waiting> {
  const draft = draftOf(number, user);
  await keepDraft(draft);
  for (let i = 0; i < files; i += 1) {
    const bytes = new TextEncoder().encode(`photo ${number}/${i}`).buffer as ArrayBuffer;
    const hash = await sha256(bytes);
    const row: Blobbed = { key: `${draft.id}/${hash}`, note_id: draft.id, user_id: user, sha256: hash, part: 0, bytes };
    await writing(["blobs"], (tx) => tx.objectStore("blobs").put(row));
    draft.attachments.push({ sha256: hash, kind: "photo", size: bytes.byteLength, media_type: "image/jpeg" });
  }
  return freeze(draft, noteOf(draft));
}

export function noteOf(draft: Draft, revision = 1): object {
  const { safari_id, kind, user_id, held_at, attachments } = draft;
  return { schema: 1, safari_id, kind, author_id: user_id, revision, held_at, attachments, answers: { text: { value: draft.headline } } };
}

/** Everything on the phone, whoever it is of. */
export function everything(): Promise<{ drafts: Draft[]; outbox: Waiting[]; blobs: Blobbed[]; receipts: { id: string; sha256: string; revision: number }[] }> {
  return reading(["drafts", "outbox", "blobs", "receipts"], async (tx) => ({
    drafts: await tx.objectStore("drafts").getAll(),
    outbox: await tx.objectStore("outbox").getAll(),
    blobs: await tx.objectStore("blobs").getAll(),
    receipts: await tx.objectStore("receipts").getAll(),
  }));
}
