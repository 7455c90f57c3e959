import { downloadZip } from "client-zip";
import { hereFor } from "./here";
import { deviceId } from "./meta";
import { deviceTime } from "./note";
import type { Blobbed, Slice, Waiting } from "./shapes";
import { isNote } from "./settling";
import { reading } from "./store";

/** One file of the export: its name inside the zip and what is in it. */
export interface Packed {
  name: string;
  input: ArrayBuffer | string | Blob;
  lastModified: Date;
}

/** Everything this user has on this phone, as files: `outbox/<id>.json` are the frozen bytes themselves,
 *  `blobs/<note>/<sha256>` their files, `drafts/<id>.json` what is not finished, `recordings/<note>/<id>` what was
 *  spoken but not kept yet, and `index.json` says what is what. `klantsafari import` reads it. */
export async function* packed(userId: string, now: Date = new Date()): AsyncGenerator<Packed> {
  const { drafts, rows } = await hereFor(userId);
  const file = (name: string, input: Packed["input"]): Packed => ({ name, input, lastModified: now });
  const notes = rows.filter(isNote);
  const index = { user_id: userId, device: await deviceId(), made_at: deviceTime(now), ...listed(rows) };
  yield file("index.json", JSON.stringify(index, null, 1));
  for (const row of notes) yield file(`outbox/${row.id}.json`, row.bytes);
  for (const draft of drafts) yield file(`drafts/${draft.id}.json`, JSON.stringify(draft, null, 1));
  // One at a time: fifty photos at once are more than a phone has room for.
  for (const { id } of [...notes, ...drafts]) {
    for (const key of await reading(["blobs"], (tx) => tx.objectStore("blobs").index("note_id").getAllKeys(id))) {
      const blob = await reading(["blobs"], (tx) => tx.objectStore("blobs").get(key));
      if (blob && owned(blob, userId)) yield file(`blobs/${id}/${blob.sha256}`, blob.bytes);
    }
    yield* spoken(id, userId, file);
  }
}

function owned(row: Blobbed | Slice, userId: string): boolean {
  return row.user_id === userId && !row.locked;
}

function listed(rows: Waiting[]): { notes: object[]; safaris: object[] } {
  const text = new TextDecoder();
  return {
    notes: rows.filter(isNote).map(({ id, revision, sha256, kind, attachments }) => ({
      id,
      revision,
      sha256,
      kind,
      attachments: attachments.map(({ sha256, kind, size, media_type }) => ({ sha256, kind, size, media_type })),
    })),
    safaris: rows
      .filter((row) => !isNote(row))
      .map(({ id, safari_id, kind, bytes }) => ({ id, safari_id, kind, bytes: text.decode(bytes) })),
  };
}

/** Slices of one recording after each other can be played as they are. */
async function* spoken(
  noteId: string,
  userId: string,
  file: (name: string, input: Packed["input"]) => Packed,
): AsyncGenerator<Packed> {
  const all = await reading(["slices"], (tx) => tx.objectStore("slices").index("note_id").getAll(noteId));
  const slices = all.filter((slice) => owned(slice, userId)).sort((a, b) => a.part - b.part);
  for (const recording of new Set(slices.map((slice) => slice.recording))) {
    const parts = slices.filter((slice) => slice.recording === recording).map((slice) => slice.bytes);
    yield file(`recordings/${noteId}/${recording}`, new Blob(parts));
  }
}

/** The zip itself, made on the phone without a connection. */
export function exportFile(userId: string, now: Date = new Date()): Promise<Blob> {
  return downloadZip(packed(userId, now)).blob();
}

export function exportName(now: Date = new Date()): string {
  return `klantsafari-${deviceTime(now).slice(0, 16).replace(/[:T]/g, "-")}.zip`;
}
