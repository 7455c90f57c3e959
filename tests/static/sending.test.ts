import { setClock, wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { meta, setMeta } from "../../app/static/src/offline/meta";
import { addErrand, outboxOf, update } from "../../app/static/src/offline/outbox";
import { onProgress, retryAll, sendNow, startSending, status } from "../../app/static/src/offline/sending";
import { sha256 } from "../../app/static/src/offline/sha256";
import type { Errand, Waiting } from "../../app/static/src/offline/shapes";
import { isDue } from "../../app/static/src/offline/settling";
import { writing } from "../../app/static/src/offline/store";
import { draftOf, everything, frozen, idOf, SAFARI } from "./phone/notes";
import { Server } from "./phone/server";

let server: Server;

beforeEach(async () => {
  await wipe();
  server = new Server();
  server.cookie = "bas";
  globalThis.fetch = server.fetch as typeof fetch;
  await setMeta("user", { id: "bas", name: "Bas", language: "nl" });
  startSending("bas");
  await retryAll();
  server.requests = [];
});

const paths = (): string[] => server.requests.map((one) => `${one.method} ${one.path.replace("/api/v1/", "").replace(/[0-9a-f]{64}/, "#").replace(/[0-9a-f-]{36}/, "#")}`);
const states = async (): Promise<string[]> => (await outboxOf("bas")).map((row) => row.state);

async function errand(kind: Errand, id: string): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify({ schema: 1, kind })).buffer as ArrayBuffer;
  const { screen: _, fields: __, ...draft } = draftOf(0, "bas");
  await addErrand({ ...draft, id, kind, revision: 1, schema: 1, declined: false, bytes, sha256: await sha256(bytes), state: "waiting", tries: 0, last_error: "" });
}

test("each connection begins with the manifest, and notes go together", async () => {
  for (const n of [1, 2, 3]) await frozen(n, "bas");
  await sendNow();
  assert.deepEqual(paths(), ["POST manifest", "POST sync"]);
  assert.deepEqual(await states(), ["sent", "sent", "sent"]);
  assert.ok(Math.abs(Date.parse((await meta<string>("last_ok")) ?? "") - Date.now()) < 60_000);
  await sendNow();
  assert.deepEqual(await states(), []);
});

test("more than fifty notes, or more than fits, go in several parcels", async () => {
  for (let n = 1; n <= 51; n += 1) await frozen(n, "bas");
  await sendNow();
  assert.deepEqual(server.requests.map((one) => one.ids.length), [51, 50, 1]);
});

test("a note that is refused says why in the server's words, and keeps nobody", async () => {
  for (const n of [1, 2, 3]) await frozen(n, "bas");
  server.refused.set(idOf(2), 422);
  await sendNow();
  assert.deepEqual(await states(), ["sent", "failed", "sent"]);
  const failed = (await outboxOf("bas")).find((row) => row.state === "failed");
  assert.deepEqual([failed?.last_error, failed?.last_code], ["Dat lukt zo niet.", "code.422"]);
});

test("where parcels do not get through, notes go one by one", async () => {
  for (const [n, mood] of ([404, 413, "html 404"] as const).entries()) {
    for (const side of [1, 2]) await frozen(10 * n + side, "bas");
    server.moods = ["honest", mood];
    await sendNow();
    assert.deepEqual(await states(), ["sent", "sent"], String(mood));
    await sendNow();
  }
});

test("a note on which the server trips travels alone after two tries, behind the others", async () => {
  for (const n of [1, 2]) await frozen(n, "bas");
  server.moods = ["honest", 500, "honest", 500];
  await sendNow();
  await sendNow();
  await frozen(3, "bas");
  server.refused.set(idOf(1), 500);
  server.requests = [];
  await sendNow();
  assert.deepEqual(paths(), ["POST manifest", "POST sync", "PUT field-notes/#", "PUT field-notes/#"]);
  assert.deepEqual(await states(), ["waiting", "sent", "sent"]);
});

test("behind a portal nothing changes, and nothing is tried any further", async () => {
  await frozen(1, "bas", 1);
  const before = await everything();
  server.moods = Array(9).fill("portal");
  await sendNow();
  assert.deepEqual([await everything(), server.moods.length], [before, 8]);
});

test("signed out: everything waits, nothing goes, and after signing in it is sent", async () => {
  await frozen(1, "bas");
  const heard: string[] = [];
  const stop = onProgress(({ step }) => heard.push(step));
  server.cookie = null;
  await sendNow();
  assert.deepEqual([heard, status().signedOut, await states()], [["paused"], true, ["waiting"]]);
  await frozen(2, "bas");
  server.cookie = "bas";
  await sendNow();
  stop();
  assert.deepEqual([status().signedOut, await states()], [false, ["sent", "sent"]]);
});

test("how long the server asks to wait is waited, except by who taps", async () => {
  await frozen(1, "bas");
  server.moods = [429];
  await sendNow();
  await sendNow();
  assert.equal(server.requests.length, 1);
  await retryAll();
  assert.deepEqual(await states(), ["sent"]);
});

test("an answer that never comes is given up, and the note is tried later", async () => {
  await frozen(1, "bas");
  await setMeta("timeout", 30);
  const never = (_: string, { signal }: RequestInit) =>
    new Promise((_, reject) => {
      const alive = setInterval(() => undefined, 10);
      signal?.addEventListener("abort", () => {
        clearInterval(alive);
        reject(signal.reason);
      });
    });
  globalThis.fetch = never as unknown as typeof fetch;
  await sendNow();
  assert.deepEqual(await states(), ["waiting"]);
});

test("a safari that began on the phone goes before its notes, and ends after them", async () => {
  await errand("closure", idOf(900));
  await frozen(1, "bas", 1);
  await errand("opening", SAFARI);
  server.moods = ["honest", 503];
  await sendNow();
  assert.deepEqual(paths(), ["POST manifest", "PUT safaris/#"]);
  server.requests = [];
  await sendNow();
  assert.deepEqual(paths(), ["POST manifest", "PUT safaris/#", "POST sync", "PUT field-notes/#/blobs/#", "PUT safaris/#/closure"]);
  assert.deepEqual(await states(), ["sent", "sent", "sent"]);
  await sendNow();
  assert.deepEqual(await states(), []);
});

test("what the server has in another form, or erased, is kept and said", async () => {
  const row = await frozen(1, "bas");
  server.held.set(row.id, { user: "bas", revision: 1, sha256: "0".repeat(64), announced: [], files: new Set() });
  await sendNow();
  const [kept] = await outboxOf("bas");
  assert.deepEqual([kept?.state, kept?.last_code, paths()], ["failed", "note.differs", ["POST manifest"]]);
});

test("of a note that was repaired after all the photo still goes, by itself", async () => {
  const row = await frozen(1, "bas", 1);
  server.refused.set(row.id, 422);
  await sendNow();
  assert.deepEqual(await states(), ["failed"]);
  const announced = row.attachments.map((file) => file.sha256);
  server.held.set(row.id, { user: "bas", revision: 1, sha256: row.sha256, announced, files: new Set() });
  await sendNow();
  assert.deepEqual([await states(), [...(server.held.get(row.id)?.files ?? [])]], [["sent"], announced]);
});

test("a photo that was refused waits for its writer, though its note is there", async () => {
  await frozen(1, "bas", 1);
  server.moods = ["honest", "honest", 422];
  await sendNow();
  assert.deepEqual(await states(), ["failed"]);
  server.requests = [];
  await sendNow();
  assert.deepEqual([await states(), paths()], [["failed"], ["POST manifest"]]);
});

test("a photo that stayed sealed beside its open note is opened with the next page", async () => {
  await frozen(1, "bas", 1);
  await writing(["blobs"], async (tx) => {
    const store = tx.objectStore("blobs");
    for (const blob of await store.getAll()) await store.put({ ...blob, locked: new ArrayBuffer(1) });
  });
  await sendNow();
  assert.deepEqual([await states(), await meta("sealed:bas")], [["waiting"], true]);
});

test("a photo that is no longer on the phone is told, not waited for", async () => {
  const row = await frozen(1, "bas");
  const file = { sha256: "ab".repeat(32), kind: "photo", size: 3, media_type: "image/jpeg" } as const;
  await update({ ...row, attachments: [file] } as Waiting);
  await sendNow();
  const [kept] = await outboxOf("bas");
  assert.deepEqual([kept?.state, kept?.last_code], ["failed", "attachment.gone"]);
});

test("an edit names the revision that it was based on", async () => {
  const row = await frozen(1, "bas");
  const bytes = new TextEncoder().encode(new TextDecoder().decode(row.bytes).replace('"revision":1', '"revision":2')).buffer as ArrayBuffer;
  await addErrand({ ...row, id: idOf(2), revision: 2, bytes, sha256: await sha256(bytes) });
  let sent: { notes: { revision: number; if_match: number | null }[] } = { notes: [] };
  globalThis.fetch = ((address: string, options: RequestInit) => {
    if (address.endsWith("/sync")) sent = JSON.parse(options.body as string) as typeof sent;
    return server.fetch(address, options);
  }) as typeof fetch;
  await sendNow();
  assert.deepEqual(sent.notes.map((note) => [note.revision, note.if_match]), [[1, null], [2, 1]]);
});

test("a clock that was years ahead holds nothing up", () => {
  const now = Date.now();
  const row = { next_at: now + 10 * 365 * 86_400_000 } as Waiting;
  assert.ok(isDue(row, now));
  assert.ok(!isDue({ ...row, next_at: now + 60_000 }, now));
  setClock(0);
});
