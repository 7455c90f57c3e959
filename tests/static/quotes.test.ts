import assert from "node:assert/strict";
import { test } from "node:test";
import { quoted } from "../../app/static/src/lib/quotes";

test("words within words read as on the server", () => {
  assert.equal(quoted("Prima gegaan"), "‘Prima gegaan’");
  assert.equal(quoted("'Nee', zei ze, 's ochtends al"), "‘\u202f“Nee”, zei ze, 's ochtends al’");
  assert.equal(quoted("Ze zei ‘dat mag m'n baas niet’"), "‘Ze zei “dat mag m'n baas niet”\u202f’");
});
