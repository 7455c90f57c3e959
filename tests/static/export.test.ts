import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { exportFile, exportName, packed } from "../../app/static/src/offline/export";
import { sha256 } from "../../app/static/src/offline/sha256";
import type { Draft, Waiting } from "../../app/static/src/offline/shapes";
import { writing } from "../../app/static/src/offline/store";

const NOTE = "0190a000-0000-7000-8000-000000000001";
const DRAFT = "0190a000-0000-7000-8000-000000000002";
const text = JSON.stringify({ schema: 1, answers: { story: { value: "Ik wachtte drie kwartier, één uur zelfs." } } });
const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer;
const jpeg = new Uint8Array([255, 216, 1, 2, 3]).buffer;

function waiting(hash: string, changes: Partial<Waiting> = {}): Waiting {
  return {
    id: NOTE,
    revision: 1,
    schema: 1,
    user_id: "carla",
    safari_id: "safari",
    kind: "interview",
    held_at: "2026-11-24T10:41:00+01:00",
    headline: "Ik wachtte drie kwartier",
    literal: true,
    declined: false,
    bytes,
    sha256: hash,
    attachments: [],
    state: "failed",
    tries: 3,
    last_error: "",
    ...changes,
  };
}

const draft: Draft = {
  id: DRAFT,
  user_id: "carla",
  safari_id: "safari",
  kind: "observation",
  held_at: "2026-11-24T11:00:00+01:00",
  screen: 0,
  fields: { "answers.text": ["Nog niet af"] },
  headline: "Nog niet af",
  literal: false,
  attachments: [],
};

async function contents(userId: string): Promise<Map<string, ArrayBuffer>> {
  const files = new Map<string, ArrayBuffer>();
  for await (const { name, input } of packed(userId, new Date(2026, 10, 24, 14, 5))) {
    files.set(name, await new Response(input).arrayBuffer());
  }
  return files;
}

beforeEach(async () => {
  const [note, photo] = [await sha256(bytes), await sha256(jpeg)];
  const file = { sha256: photo, kind: "photo" as const, size: 5, media_type: "image/jpeg" };
  const opening = { id: "opening", kind: "opening" as const, bytes: new TextEncoder().encode('{"schema":1}').buffer };
  const blob = { note_id: NOTE, user_id: "carla", sha256: photo, part: 0 as const, bytes: jpeg };
  const slice = { recording: "r", note_id: DRAFT, user_id: "carla", media_type: "audio/webm" };
  await writing(["drafts", "outbox", "blobs", "slices"], async (tx) => {
    await tx.objectStore("outbox").put(waiting(note, { attachments: [{ ...file, arrived: true }] }));
    await tx.objectStore("outbox").put(waiting(note, { ...opening, bytes: opening.bytes as ArrayBuffer }));
    await tx.objectStore("outbox").put(waiting(note, { id: "of-dirk", user_id: "dirk" }));
    await tx.objectStore("drafts").put(draft);
    await tx.objectStore("drafts").put({ ...draft, id: "also-of-dirk", user_id: "dirk" });
    await tx.objectStore("blobs").put({ ...blob, key: `${NOTE}/${photo}` });
    await tx.objectStore("slices").put({ ...slice, part: 1, bytes: new Uint8Array([3, 4]).buffer });
    await tx.objectStore("slices").put({ ...slice, part: 0, bytes: new Uint8Array([1, 2]).buffer });
  });
});

test("every file's hash is the one that the index gives", async () => {
  const files = await contents("carla");
  const index = JSON.parse(new TextDecoder().decode(files.get("index.json")));
  assert.equal(index.user_id, "carla");
  assert.ok(index.device);
  assert.equal(index.notes.length, 1);
  for (const note of index.notes) {
    assert.equal(await sha256(files.get(`outbox/${note.id}.json`) ?? new ArrayBuffer(0)), note.sha256);
    assert.deepEqual(Object.keys(note), ["id", "revision", "sha256", "kind", "attachments"]);
    for (const file of note.attachments) {
      assert.equal(await sha256(files.get(`blobs/${note.id}/${file.sha256}`) ?? new ArrayBuffer(0)), file.sha256);
      assert.deepEqual(Object.keys(file), ["sha256", "kind", "size", "media_type"]);
    }
  }
});

test("that a safari began goes along as the text that will be sent", async () => {
  const files = await contents("carla");
  const { safaris } = JSON.parse(new TextDecoder().decode(files.get("index.json")));
  assert.deepEqual(safaris, [{ id: "opening", safari_id: "safari", kind: "opening", bytes: '{"schema":1}' }]);
  assert.ok(!files.has("outbox/opening.json"));
});

test("what is not finished goes along, a recording in the order in which it was spoken", async () => {
  const files = await contents("carla");
  assert.deepEqual(JSON.parse(new TextDecoder().decode(files.get(`drafts/${DRAFT}.json`))), draft);
  assert.deepEqual([...new Uint8Array(files.get(`recordings/${DRAFT}/r`) ?? [])], [1, 2, 3, 4]);
});

test("nothing of a colleague on the same phone goes along", async () => {
  const files = await contents("carla");
  assert.deepEqual([...files.keys()].filter((name) => name.includes("dirk")), []);
});

test("the zip holds the frozen bytes as they are", async () => {
  const zip = new Uint8Array(await (await exportFile("carla")).arrayBuffer());
  assert.ok(Buffer.from(zip).includes(Buffer.from(text)));
  assert.equal(exportName(new Date(2026, 10, 24, 14, 5)), "klantsafari-2026-11-24-14-05.zip");
});
