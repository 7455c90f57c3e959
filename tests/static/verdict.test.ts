import assert from "node:assert/strict";
import { test } from "node:test";
import { asksRest, blobVerdict, noteVerdict, pauseBefore } from "../../app/static/src/offline/verdict";

const sent = { id: "0190a000-0000-7000-8000-000000000001", revision: 1, sha256: "ab".repeat(32) };
const receipt = { ...sent, server_seq: 7, received_at: "2026-11-24T10:52:00Z", state: "recorded" };
const json = "application/json";
const error = (message: string, fields = {}) => ({ error: { code: "invalid", message, fields } });

test("a receipt with our own id and hash is proof, new or again", () => {
  for (const status of [200, 201]) {
    assert.deepEqual(noteVerdict({ status, type: json, body: receipt }, sent), { outcome: "received", receipt });
  }
});

test("a receipt about other bytes or another note proves nothing", () => {
  for (const wrong of [{ sha256: "cd".repeat(32) }, { id: "0190a000-0000-7000-8000-000000000002" }, { revision: 2 }, { state: "quarantined" }]) {
    assert.equal(noteVerdict({ status: 200, type: json, body: { ...receipt, ...wrong } }, sent).outcome, "later");
  }
});

test("a page of a captive portal is no answer, with whatever status", () => {
  for (const status of [200, 302, 401, 403, 404, 422]) {
    assert.equal(noteVerdict({ status, type: "text/html", body: null }, sent).outcome, "later");
  }
  assert.equal(noteVerdict({ status: 200, type: json, body: null }, sent).outcome, "later", "cut off halfway");
});

test("signed out pauses, and refuses nothing", () => {
  assert.equal(noteVerdict({ status: 401, type: json, body: error("Log eerst in") }, sent).outcome, "paused");
});

test("a note waits for its author while somebody else is signed in", () => {
  const body = { error: { code: "note.wrong_author", message: "Deze notitie is van iemand anders.", fields: {} } };
  assert.equal(noteVerdict({ status: 403, type: json, body }, sent).outcome, "paused");
});

test("the server's refusal keeps its reason, with what it says of each field", () => {
  const body = error("Er klopt iets niet.", { "answers.nps": { message: "Dit past niet." } });
  assert.deepEqual(noteVerdict({ status: 422, type: json, body }, sent), {
    outcome: "refused",
    reason: "Er klopt iets niet. Dit past niet.",
    code: "invalid",
  });
});

test("what may pass is tried again", () => {
  for (const status of [0, 408, 425, 429, 500, 502, 503, 507]) {
    assert.equal(noteVerdict({ status, type: json, body: error("Even wachten") }, sent).outcome, "later");
  }
});

test("a note of which there is too much already waits for a person, and other work for nothing", () => {
  const reply = (code: string) => ({ status: 429, type: json, body: { error: { code, message: "Te veel.", fields: {} } }, retryAfter: 3_600_000 });
  assert.deepEqual(noteVerdict(reply("note.too_many_versions"), sent), { outcome: "refused", reason: "Te veel.", code: "note.too_many_versions" });
  assert.deepEqual([asksRest(reply("quarantine.full")), asksRest(reply("too_often"))], [false, true]);
});

test("a file has arrived when the server names its hash", () => {
  assert.equal(blobVerdict({ status: 201, type: json, body: { sha256: sent.sha256, state: "have" } }, sent).outcome, "received");
  assert.equal(blobVerdict({ status: 200, type: json, body: {} }, sent).outcome, "later");
  const partial = { sha256: sent.sha256, state: "partial", offset: 3 };
  assert.equal(blobVerdict({ status: 200, type: json, body: partial }, sent).outcome, "later");
  const damaged = error("Er klopt iets niet.", { sha256: { code: "blob.wrong_hash", message: "Het kwam niet heel aan." } });
  assert.equal(blobVerdict({ status: 422, type: json, body: damaged }, sent).outcome, "later");
});

test("tries are spread between two seconds and five minutes", () => {
  assert.equal(pauseBefore(0, 0), 2_000);
  assert.equal(pauseBefore(3, 1), 16_000);
  assert.equal(pauseBefore(3, 0.5), 8_000);
  assert.equal(pauseBefore(99, 1), 300_000);
});
