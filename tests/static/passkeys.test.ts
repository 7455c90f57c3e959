import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, opened, text } from "../../app/static/src/lib/passkeys";

test("every byte survives the way to text and back, without signs that a form would change", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (let cut = 253; cut <= 256; cut++) {
    const written = text(all.slice(0, cut).buffer);
    assert.match(written, /^[\w-]+$/);
    assert.deepEqual(new Uint8Array(bytes(written)), all.slice(0, cut));
  }
});

test("what the browser signs is made of bytes, and the rest of the question stays as it was", () => {
  const asked = { challenge: "AQID", rpId: "localhost", user: { id: "BAU", name: "Bas" }, excludeCredentials: [{ id: "Bg" }] };
  const made = opened(asked) as { challenge: ArrayBuffer; rpId: string; user: { id: ArrayBuffer; name: string } };
  assert.deepEqual([...new Uint8Array(made.challenge)], [1, 2, 3]);
  assert.deepEqual([...new Uint8Array(made.user.id)], [4, 5]);
  assert.equal(made.user.name, "Bas");
  assert.equal(made.rpId, "localhost");
});
