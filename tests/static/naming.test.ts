import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, fitting, named } from "../../app/static/src/lib/naming";

const NAMES = ["Anna Bakker", "Bas de Wit", "Carla Smit", "Dirk Bos"];

test("an @ asks for a name, in a mail address it does not", () => {
  assert.deepEqual(asked("@", 1), { at: 0, typed: "" });
  assert.deepEqual(asked("Wat vind jij, @ba en", 17), { at: 14, typed: "ba" });
  assert.equal(asked("bas@klant", 9), null);
  assert.equal(asked("Wat vind jij", 5), null);
});

test("who begins so comes first, then of whom a later word does", () => {
  assert.deepEqual(fitting(NAMES, ""), NAMES);
  assert.deepEqual(fitting(NAMES, "B"), ["Bas de Wit", "Anna Bakker", "Dirk Bos"]);
  assert.deepEqual(fitting(NAMES, "bas de"), ["Bas de Wit"]);
  assert.deepEqual(fitting(NAMES, "Bas de Wit bel"), []);
});

test("the name stands in the place of what was typed, and one writes on behind it", () => {
  const text = "Wat vind jij, @ba?";
  const one = asked(text, 17);
  assert.ok(one);
  assert.deepEqual(named(text, 17, one, "Bas de Wit"), { text: "Wat vind jij, @Bas de Wit?", caret: 25 });
  assert.deepEqual(named("@", 1, { at: 0, typed: "" }, "Bas de Wit"), { text: "@Bas de Wit ", caret: 12 });
});
