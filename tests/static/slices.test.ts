import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { discardDraft, draftOf, keepDraft } from "../../app/static/src/offline/drafts";
import type { Attachment, Draft, Slice } from "../../app/static/src/offline/shapes";
import { dropSlices, joined, keepSlice, slicesOf } from "../../app/static/src/offline/slices";
import { writing } from "../../app/static/src/offline/store";

const draft: Draft = {
  id: "note-1",
  user_id: "bas",
  safari_id: "safari-1",
  kind: "observation",
  held_at: "2026-11-24T10:41:00+01:00",
  screen: 0,
  fields: {},
  headline: "",
  literal: false,
  attachments: [],
};
const memo: Attachment = { sha256: "a".repeat(64), kind: "voice", size: 4, media_type: "audio/webm" };

function slice(part: number, recording = "r1", fields: Partial<Slice> = {}): Slice {
  const bytes = new Uint8Array([part, part + 100]).buffer;
  return { recording, part, note_id: "note-1", user_id: "bas", media_type: "audio/webm", bytes, ...fields };
}

function numbers(bytes: ArrayBuffer | undefined): number[] {
  return [...new Uint8Array(bytes ?? new ArrayBuffer(0))];
}

beforeEach(async () => {
  await writing(["slices", "drafts"], async (tx) => {
    await tx.objectStore("slices").clear();
    await tx.objectStore("drafts").clear();
  });
});

test("slices make one recording, in order, however late each was written", async () => {
  for (const part of [2, 0, 10, 1, 9, 3, 8, 4, 7, 5, 6]) await keepSlice(slice(part));
  const [recording, ...others] = joined(await slicesOf("note-1", "bas"));
  assert.deepEqual(others, []);
  assert.equal(recording?.media_type, "audio/webm");
  assert.deepEqual(numbers(recording?.bytes), Array.from({ length: 11 }, (_, i) => [i, i + 100]).flat());
});

test("two recordings of one note stay two", async () => {
  for (const one of [slice(0, "r2"), slice(0), slice(1, "r2"), slice(1)]) await keepSlice(one);
  const found = joined(await slicesOf("note-1", "bas"));
  assert.deepEqual(found.map(({ id }) => id), ["r1", "r2"]);
  assert.deepEqual(found.map(({ bytes }) => bytes.byteLength), [4, 4]);
});

test("a recording goes as far as its first missing slice, and nowhere without its beginning", () => {
  assert.deepEqual(numbers(joined([slice(0), slice(1), slice(3)])[0]?.bytes), [0, 100, 1, 101]);
  assert.deepEqual(joined([slice(1), slice(2)]), []);
});

test("what is of another note, of somebody else or locked is not heard", async () => {
  await keepSlice(slice(0, "r1", { note_id: "note-2" }));
  await keepSlice(slice(0, "r2", { user_id: "carla" }));
  await keepSlice(slice(0, "r3", { locked: new ArrayBuffer(1) }));
  assert.deepEqual(await slicesOf("note-1", "bas"), []);
});

test("the draft gets the recording and its slices go, in one", async () => {
  await keepDraft(draft);
  for (const one of [slice(0), slice(1), slice(0, "r2")]) await keepSlice(one);
  assert.equal(await dropSlices("note-1", "r1", memo), true);
  assert.deepEqual((await draftOf("note-1", "bas"))?.attachments, [memo]);
  assert.deepEqual((await slicesOf("note-1", "bas")).map((kept) => kept.recording), ["r2"]);
});

test("done twice, the draft has the recording once", async () => {
  await keepDraft({ ...draft, attachments: [memo] });
  await keepSlice(slice(0));
  for (let time = 0; time < 2; time += 1) assert.equal(await dropSlices("note-1", "r1", memo), true);
  assert.deepEqual((await draftOf("note-1", "bas"))?.attachments, [memo]);
});

test("without its draft the slices stay: they are the only copy", async () => {
  await keepSlice(slice(0));
  assert.equal(await dropSlices("note-1", "r1", memo), false);
  assert.equal((await slicesOf("note-1", "bas")).length, 1);
});

test("a draft that is thrown away takes its slices along, and no others", async () => {
  await keepDraft(draft);
  await keepSlice(slice(0));
  await keepSlice(slice(0, "r9", { note_id: "note-2" }));
  await discardDraft("note-1");
  assert.deepEqual(await slicesOf("note-1", "bas"), []);
  assert.equal((await slicesOf("note-2", "bas")).length, 1);
});
