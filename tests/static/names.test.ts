import assert from "node:assert/strict";
import { test } from "node:test";
import { blackened, namesIn } from "../../app/static/src/offline/names";

const HINTED: [string, string[]][] = [
  ["Ik sprak mevr. De Boer aan de balie.", ["mevr. De Boer"]],
  ["Meneer Jansen van loket 3 hielp mij goed.", ["Meneer Jansen"]],
  ["Mijn naam is Fatima El Amrani, ik kom voor mijn pas.", ["Fatima El Amrani"]],
  ["Toen kwam Jan de Vries erbij.", ["Jan de Vries"]],
  ["Mail mij op jan@voorbeeld.nl of bel 06-12345678.", ["jan@voorbeeld.nl", "06-12345678"]],
  ["De medewerker heet Ruud.", ["Ruud"]],
];

for (const [text, names] of HINTED) {
  test(`a name is hinted at: ${text}`, () => assert.deepEqual(namesIn(text), names));
}

for (const text of [
  "Ik moest drie keer hetzelfde vertellen.",
  "Het duurde 20 minuten. Daarna was ik aan de beurt.",
  "Op maandag is het druk. De rij stond tot de deur.",
  "Het kostte € 35,00 op 12-11-2026.",
]) {
  test(`no name is seen where none is: ${text}`, () => assert.deepEqual(namesIn(text), []));
}

test("the place itself is nobody's name", () => {
  assert.deepEqual(namesIn("Ik kwam bij Wijkpunt Noord binnen.", ["Wijkpunt Noord"]), []);
});

test("made black, the name is gone everywhere and its length is not told", () => {
  assert.equal(blackened("Jan de Vries belde. Ik belde Jan de Vries.", "Jan de Vries"), "█████ belde. Ik belde █████.");
});
