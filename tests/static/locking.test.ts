import { dieAfter, wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { lockUser, unlockUser } from "../../app/static/src/offline/locking";
import { draftsOf, keepDraft } from "../../app/static/src/offline/drafts";
import { meta, phoneUser, setMeta } from "../../app/static/src/offline/meta";
import { outboxOf } from "../../app/static/src/offline/outbox";
import { keyFrom } from "../../app/static/src/offline/sealing";
import { arrive, leave } from "../../app/static/src/offline/session";
import { sendNow } from "../../app/static/src/offline/sending";
import { draftOf, everything, frozen, SAFARI } from "./phone/notes";
import { Server } from "./phone/server";

const BAS = { id: "bas", name: "Bas", language: "nl" };
const CARLA = { id: "carla", name: "Carla", language: "nl" };
const keyOfBas = btoa("b".repeat(32));
let server: Server;

beforeEach(async () => {
  await wipe();
  server = new Server();
  globalThis.fetch = server.fetch as typeof fetch;
});

async function kept(): Promise<void> {
  await frozen(1, "bas", 1);
  await keepDraft(draftOf(2, "bas", "Dat mag ik niet"));
}

test("what is locked shows nothing of what was said, and opens again as it was", async () => {
  await kept();
  const before = await everything();
  await setMeta("key:bas", await keyFrom(keyOfBas));
  assert.ok(await lockUser("bas"));
  const { drafts, outbox, blobs } = await everything();
  assert.ok([...drafts, ...outbox, ...blobs].every((row) => row.locked));
  assert.deepEqual([outbox[0]?.headline, outbox[0]?.bytes.byteLength, blobs[0]?.bytes.byteLength, drafts[0]?.fields], ["", 0, 0, {}]);
  assert.deepEqual([outbox[0]?.sha256, outbox[0]?.state, outbox[0]?.safari_id], [before.outbox[0]?.sha256, "waiting", SAFARI]);
  const seen = [await outboxOf("bas"), await draftsOf("bas", SAFARI)];
  assert.deepEqual(seen, [[], []]);
  assert.ok(await unlockUser("bas"));
  assert.deepEqual(await everything(), before);
});

test("under another key everything stays locked, and as it was", async () => {
  await kept();
  await setMeta("key:bas", await keyFrom(keyOfBas));
  await lockUser("bas");
  const before = await everything();
  await setMeta("key:bas", await keyFrom(btoa("x".repeat(32))));
  assert.equal(await unlockUser("bas"), false);
  assert.deepEqual(await everything(), before);
});

test("a phone that dies at any point of locking or opening has each row open or locked, never neither", async () => {
  for (const work of [lockUser, unlockUser]) {
    for (let steps = 0; steps < 40; steps += 1) {
      await wipe();
      await kept();
      const before = await everything();
      await setMeta("key:bas", await keyFrom(keyOfBas));
      if (work === unlockUser) await lockUser("bas");
      dieAfter(steps);
      await work("bas").catch(() => undefined);
      dieAfter(Infinity);
      await unlockUser("bas");
      assert.deepEqual(await everything(), before, `${work.name} after ${steps} steps`);
    }
  }
});

test("the key cannot be taken out of the phone", async () => {
  const key = await keyFrom(keyOfBas);
  await setMeta("key:bas", key);
  const stored = await meta<CryptoKey>("key:bas");
  assert.equal(stored?.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", stored!));
});

test("Carla on Bas's phone neither sees nor sends what he wrote, and he finds it again", async () => {
  server.cookie = "bas";
  await arrive(BAS);
  await sendNow();
  await kept();
  await frozen(3, "bas");
  await leave("bas");
  assert.deepEqual([await phoneUser(), await meta("key:bas")], [null, null]);
  server.cookie = "carla";
  server.requests = [];
  await arrive(CARLA);
  await frozen(4, "carla");
  await sendNow();
  assert.deepEqual((await outboxOf("carla")).map((row) => row.headline), ["Verhaal 4"]);
  const sentAsCarla = server.requests.flatMap((request) => request.ids);
  const ofBas = (await everything()).outbox.filter((row) => row.user_id === "bas");
  assert.ok(ofBas.length > 0 && ofBas.every((row) => row.locked && !sentAsCarla.includes(row.id)));
  server.cookie = "bas";
  await arrive(BAS);
  assert.ok((await outboxOf("bas")).some((row) => row.headline === "Verhaal 3"));
  assert.equal((await draftsOf("bas", SAFARI))[0]?.headline, "Dat mag ik niet");
});

test("Bas's session ended without signing out: Carla's first page locks what he wrote", async () => {
  server.cookie = "bas";
  await arrive(BAS);
  await sendNow();
  server.cookie = null;
  await kept();
  server.cookie = "carla";
  await arrive(CARLA);
  const { drafts, outbox, blobs } = await everything();
  assert.ok([...drafts, ...outbox, ...blobs].every((row) => row.locked));
  assert.equal(await meta("key:bas"), null);
});

test("an old page of Bas keeps no key while Carla is signed in", async () => {
  server.cookie = "carla";
  await arrive(BAS);
  assert.equal(await meta("key:bas"), null);
});

test("who cannot be locked is told, and nobody else sees it", async () => {
  server.cookie = "bas";
  server.moods = Array(9).fill("cut before");
  await setMeta("user", BAS);
  await kept();
  await assert.rejects(leave("bas"), { name: "InvalidStateError" });
  assert.equal((await everything()).outbox[0]?.headline, "Verhaal 1");
  server.cookie = "carla";
  server.moods = [];
  await arrive(CARLA);
  assert.deepEqual([await outboxOf("carla"), (await everything()).outbox.length], [[], 1]);
});
