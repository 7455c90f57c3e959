import { wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { discardDraft, keepDraft } from "../../app/static/src/offline/drafts";
import { setMeta } from "../../app/static/src/offline/meta";
import { keepReceipt } from "../../app/static/src/offline/outbox";
import { putBackSpares } from "../../app/static/src/offline/putting-back";
import { keyFrom } from "../../app/static/src/offline/sealing";
import { arrive } from "../../app/static/src/offline/session";
import { filesOf, withFiles } from "./phone/files";
import { draftOf, everything, frozen, idOf } from "./phone/notes";
import { Server } from "./phone/server";

const BAS = { id: "bas", name: "Bas", language: "nl" };
let server: Server;

beforeEach(async () => {
  await wipe();
  withFiles();
  server = new Server();
  globalThis.fetch = server.fetch as typeof fetch;
  await withKey();
});

async function withKey(): Promise<void> {
  await setMeta("key:bas", await keyFrom(btoa("b".repeat(32))));
}

async function written(...shelves: string[]): Promise<void> {
  const here = (): string => [...filesOf("bas").keys()].map((name) => name.split("_")[0]).sort().join();
  for (let tries = 0; here() !== shelves.join() && tries < 500; tries += 1) await new Promise((later) => setTimeout(later, 1));
  assert.equal(here(), shelves.join());
}

test("what waited comes back when the browser threw its database away, files too, and nothing of it is readable", async () => {
  await frozen(1, "bas", 1);
  await keepDraft(draftOf(2, "bas", "Nog niet af"));
  await written("blobs", "drafts", "outbox");
  const before = await everything();
  for (const bytes of filesOf("bas").values()) {
    const shown = new TextDecoder().decode(bytes);
    for (const word of ["Verhaal", "Nog niet af", "photo"]) assert.ok(!shown.includes(word), word);
  }
  await wipe();
  await putBackSpares("bas");
  const { drafts, outbox, blobs } = await everything();
  assert.ok([...drafts, ...outbox, ...blobs].every((row) => row.locked));
  assert.deepEqual([outbox[0]?.sha256, blobs[0]?.sha256, drafts[0]?.id], [before.outbox[0]?.sha256, before.blobs[0]?.sha256, idOf(2)]);
});

test("signing in again opens it and sends it under its own hash", async () => {
  const row = await frozen(1, "bas", 1);
  await written("blobs", "outbox");
  await wipe();
  await withKey();
  server.cookie = "bas";
  await arrive(BAS);
  assert.equal((await everything()).receipts[0]?.sha256, row.sha256);
});

test("what was proven, thrown away or is there still, does not come back", async () => {
  const row = await frozen(1, "bas");
  await written("outbox");
  await putBackSpares("bas");
  assert.equal((await everything()).outbox[0]?.locked, undefined);
  await wipe();
  await keepReceipt(row, { id: row.id, revision: 1, sha256: row.sha256, server_seq: 1, received_at: "2026-11-24T10:41:00Z" });
  await putBackSpares("bas");
  assert.deepEqual((await everything()).outbox, []);
  assert.equal(filesOf("bas").size, 0);
  await withKey();
  await keepDraft(draftOf(2, "bas"));
  await written("drafts");
  await discardDraft(idOf(2));
  assert.equal(filesOf("bas").size, 0);
});

test("of somebody else nothing comes back, and without a key there is just the first copy", async () => {
  await frozen(1, "bas");
  await frozen(2, "carla");
  await written("outbox");
  assert.equal(filesOf("carla").size, 0);
  await wipe();
  await putBackSpares("carla");
  assert.deepEqual((await everything()).outbox, []);
});
