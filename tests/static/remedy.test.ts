import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { reasonOf, remedyFor } from "../../app/static/src/elements/outbox-remedy";
import type { Errand } from "../../app/static/src/offline/shapes";

const WORDS = readFileSync("app/templates/outbox/_words.html", "utf8");
const CODES = readFileSync("app/error_words.py", "utf8").match(/(?<=")[a-z_]+\.[a-z_]+(?=")/g) ?? [];

function about(last_code: string, kind: Errand = "interview"): ReturnType<typeof remedyFor> {
  return remedyFor({ last_code, kind });
}

test("whatever the server refuses for, the page has words for what to do, and every button has a name", () => {
  for (const code of [...CODES, "", "never.heard.of"]) {
    for (const kind of ["interview", "observation", "opening", "closure"] as const) {
      const { words, deeds } = about(code, kind);
      for (const key of [words, ...deeds]) assert.ok(WORDS.includes(`"${key}":`), `${code}: ${key}`);
      assert.ok(deeds.length > 0, code);
    }
  }
});

test("a note that does not fit is with the manager, and cannot be thrown away", () => {
  for (const code of ["note.quarantined", "note.answer_does_not_fit", "field.missing"]) {
    assert.equal(about(code).words, "remedy_manager");
    assert.ok(!about(code).deeds.includes("throw_away"), code);
  }
  assert.equal(about("field.missing", "opening").words, "remedy_again", "a safari is kept apart nowhere");
});

test("two texts are both kept: choosing is all that is left to do", () => {
  assert.deepEqual(about("note.differs").deeds, ["compare", "retry"]);
});

test("a broken photo asks for another, word of a safari never does", () => {
  assert.deepEqual(about("photo.broken", "observation").deeds, ["new_photo", "throw_away"]);
  assert.deepEqual(about("too_large", "closure").deeds, ["retry", "throw_away"]);
});

test("a code of our own is no reason that a person can read", () => {
  assert.equal(reasonOf({ last_code: "", kind: "interview", last_error: "later" }), "");
  assert.equal(reasonOf({ last_code: "photo.broken", kind: "interview", last_error: "Deze foto is stuk." }), "Deze foto is stuk.");
});
