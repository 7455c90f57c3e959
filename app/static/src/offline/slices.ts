import type { Attachment, Slice } from "./shapes";
import { reading, writing } from "./store";

/** A recording as far as it came: what its slices make together. */
export interface Recording {
  id: string;
  media_type: string;
  bytes: ArrayBuffer;
}

export function keepSlice(slice: Slice): Promise<void> {
  return writing(["slices"], (tx) => tx.objectStore("slices").put(slice));
}

/** Of this user, not locked, in the order in which they were recorded. */
export async function slicesOf(noteId: string, userId: string): Promise<Slice[]> {
  const all = await reading(["slices"], (tx) => tx.objectStore("slices").index("note_id").getAll(noteId));
  const own = all.filter((slice) => slice.user_id === userId && !slice.locked);
  return own.sort((a, b) => (a.recording === b.recording ? a.part - b.part : a.recording < b.recording ? -1 : 1));
}

/** Each recording from its first slice up to the first that is missing: only that can be played. */
export function joined(slices: Slice[]): Recording[] {
  const byRecording = new Map<string, Slice[]>();
  for (const slice of slices) byRecording.set(slice.recording, [...(byRecording.get(slice.recording) ?? []), slice]);
  return [...byRecording].flatMap(([id, own]) => {
    const gap = own.findIndex((slice, i) => slice.part !== i);
    const whole = gap < 0 ? own : own.slice(0, gap);
    const [first] = whole;
    return first ? [{ id, media_type: first.media_type, bytes: concatenated(whole) }] : [];
  });
}

function concatenated(slices: Slice[]): ArrayBuffer {
  const bytes = new Uint8Array(slices.reduce((size, slice) => size + slice.bytes.byteLength, 0));
  let at = 0;
  for (const slice of slices) {
    bytes.set(new Uint8Array(slice.bytes), at);
    at += slice.bytes.byteLength;
  }
  return bytes.buffer;
}

/** The recording is a file of its draft from now on, and its slices go, at once. False, and nothing goes, when the
 *  draft is not there: then the slices are the only copy. */
export async function dropSlices(noteId: string, recording: string, kept: Attachment): Promise<boolean> {
  let done = false;
  await writing(["drafts", "slices"], async (tx) => {
    const draft = await tx.objectStore("drafts").get(noteId);
    if (!draft || draft.locked) return;
    if (!draft.attachments.some((file) => file.sha256 === kept.sha256)) draft.attachments.push(kept);
    await tx.objectStore("drafts").put(draft);
    await tx.objectStore("slices").delete(IDBKeyRange.bound([recording, 0], [recording, Infinity]));
    done = true;
  });
  return done;
}
