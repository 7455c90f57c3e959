import { fileKey, keptFile } from "./outbox";
import { sha256 } from "./sha256";
import type { Attachment } from "./shapes";
import { writing } from "./store";

/** Stores a file, reads it back and compares; throws when the phone has no room or did not keep it whole. */
export async function keepBlob(
  noteId: string,
  userId: string,
  bytes: ArrayBuffer,
  kind: Attachment["kind"],
  mediaType: string,
): Promise<Attachment> {
  const room = await navigator.storage?.estimate?.();
  if (room?.quota && room.quota - (room.usage ?? 0) < bytes.byteLength * 2) throw new DOMException("", "QuotaExceededError");
  const hash = await sha256(bytes);
  const row = { key: fileKey(noteId, hash), note_id: noteId, user_id: userId, sha256: hash, part: 0 as const, bytes };
  await writing(["blobs"], (tx) => tx.objectStore("blobs").put(row));
  const kept = await blobOf(noteId, hash);
  if (!kept || (await sha256(kept)) !== hash) throw new DOMException("", "DataError");
  return { sha256: hash, kind, size: bytes.byteLength, media_type: mediaType };
}

export async function blobOf(noteId: string, hash: string): Promise<ArrayBuffer | null> {
  const row = await keptFile(noteId, hash);
  return row && !row.locked ? row.bytes : null;
}

/** A file that its writer took out of a draft. Of a note that another tab finished meanwhile it stays. */
export function dropBlob(noteId: string, hash: string): Promise<void> {
  return writing(["outbox", "blobs"], async (tx) => {
    const row = await tx.objectStore("outbox").get(noteId);
    const needed = row && (row.locked || row.attachments.some((file) => file.sha256 === hash));
    if (!needed) await tx.objectStore("blobs").delete(fileKey(noteId, hash));
  });
}
