import { firstVersion, wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { dropBlob } from "../../app/static/src/offline/blobs";
import { meta } from "../../app/static/src/offline/meta";
import { addErrand, freeze, outboxOf, update } from "../../app/static/src/offline/outbox";
import { discardDraft, keepDraft } from "../../app/static/src/offline/drafts";
import { writing } from "../../app/static/src/offline/store";
import { draftOf, everything, frozen, idOf, noteOf } from "./phone/notes";

beforeEach(wipe);

test("everything of the first version comes through the upgrade whole", async () => {
  const bytes = new TextEncoder().encode("{}").buffer;
  const old = {
    drafts: [draftOf(1, "bas")],
    outbox: [{ ...draftOf(2, "bas"), revision: 1, schema: 1, bytes, sha256: "ab", state: "waiting", tries: 3, last_error: "later" }],
    blobs: [{ key: `${idOf(2)}/cd`, note_id: idOf(2), user_id: "bas", sha256: "cd", part: 0, bytes }],
    receipts: [{ id: idOf(3), revision: 1, sha256: "ef", server_seq: 1, received_at: "", user_id: "bas" }],
    meta: [{ name: "device", value: "this phone" }],
  };
  await firstVersion(old);
  const { meta: _, ...rows } = old;
  assert.deepEqual(await everything(), rows);
  assert.equal(await meta("device"), "this phone");
  await writing(["slices", "pages"], (tx) => tx.objectStore("pages").getAll());
});

test("what throws halfway writes nothing at all", async () => {
  const half = writing(["drafts", "meta"], async (tx) => {
    await tx.objectStore("drafts").put(draftOf(1, "bas"));
    throw new Error("halfway");
  });
  await assert.rejects(half, /halfway/);
  assert.deepEqual((await everything()).drafts, []);
});

test("a connection that was taken away is opened again", async () => {
  await keepDraft(draftOf(1, "bas"));
  const other = await new Promise<IDBDatabase>((done) => {
    const request = indexedDB.open("klantsafari");
    request.onsuccess = () => done(request.result);
  });
  const real = IDBDatabase.prototype.transaction;
  let broken = 2;
  IDBDatabase.prototype.transaction = function (...given: Parameters<typeof real>) {
    if ((broken -= 1) >= 0) throw new DOMException("closed", "InvalidStateError");
    return real.apply(this, given);
  };
  await keepDraft(draftOf(2, "bas"));
  IDBDatabase.prototype.transaction = real;
  other.close();
  assert.equal((await everything()).drafts.length, 2);
});

test("a phone that stores nothing says so", async () => {
  await everything();
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("gone", "UnknownError");
  };
  await assert.rejects(keepDraft(draftOf(1, "bas")), { name: "UnknownError" });
  IDBDatabase.prototype.transaction = real;
  await keepDraft(draftOf(1, "bas"));
});

test("two tabs that keep the same draft keep one note, and no draft stays behind", async () => {
  const draft = draftOf(1, "bas");
  await Promise.all([freeze(draft, noteOf(draft)), freeze(draft, noteOf(draft))]);
  await keepDraft(draft);
  await freeze(draft, noteOf(draft));
  const { outbox, drafts } = await everything();
  assert.deepEqual([outbox.length, drafts.length], [1, 0]);
});

test("a second tab with other words is told that they are not kept, and its draft stays", async () => {
  const [one, other] = [draftOf(1, "bas"), draftOf(1, "bas", "Iets anders")];
  await freeze(one, noteOf(one));
  await keepDraft(other);
  await assert.rejects(freeze(other, noteOf(other)), { name: "ConstraintError" });
  const { outbox, drafts } = await everything();
  assert.deepEqual([outbox[0]?.headline, drafts[0]?.headline], ["Verhaal 1", "Iets anders"]);
});

test("throwing a draft away leaves the photos of the note that another tab made of it", async () => {
  const row = await frozen(1, "bas", 2);
  await discardDraft(row.id);
  assert.equal((await everything()).blobs.length, 2);
});

test("a photo that is taken out in one tab stays for the note that another tab finished", async () => {
  const row = await frozen(1, "bas", 2);
  await dropBlob(row.id, row.attachments[0]!.sha256);
  assert.equal((await everything()).blobs.length, 2);
  const draft = draftOf(2, "bas");
  const loose = { key: `${draft.id}/ab`, note_id: draft.id, user_id: "bas", sha256: "ab", part: 0 as const, bytes: row.bytes };
  await writing(["blobs"], (tx) => tx.objectStore("blobs").put(loose));
  await dropBlob(draft.id, "ab");
  assert.equal((await everything()).blobs.length, 2);
});

test("a late word about a row that has gone does not bring it back, and never changes its bytes", async () => {
  const row = await frozen(1, "bas");
  await update({ ...row, bytes: new ArrayBuffer(0), tries: 4 });
  const [kept] = await outboxOf("bas");
  assert.deepEqual([kept?.tries, kept?.bytes.byteLength], [4, row.bytes.byteLength]);
  await update({ ...row, sha256: "other", tries: 9 });
  assert.equal((await outboxOf("bas"))[0]?.tries, 4);
  await addErrand(row);
  await wipe();
  await update(row);
  assert.deepEqual(await outboxOf("bas"), []);
});
