import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { guidePath } from "../../app/static/src/offline/bundles";
import { closeOffline, filledIn, openOffline } from "../../app/static/src/offline/errands";
import { setMeta } from "../../app/static/src/offline/meta";
import { outboxOf } from "../../app/static/src/offline/outbox";
import { dropPages, keepPages, pageAt } from "../../app/static/src/offline/pages";
import { sha256 } from "../../app/static/src/offline/sha256";
import type { Waiting } from "../../app/static/src/offline/shapes";
import { writing } from "../../app/static/src/offline/store";

const SAFARI = "0190a000-0000-7000-8000-000000000001";
const chosen = {
  id: SAFARI,
  location_id: "town-hall",
  place: "Stadskantoor <balie>",
  guide_version_id: "v1",
  target: 5,
  goal: "Waarom __place__ & zo?",
  back_office: true,
};
const field = '<h1>__place__</h1><p>__day__, __time__<span data-goal><br>Doel: __goal__</span></p><a href="/safaris/__safari__">';

function wire(row: Waiting | undefined): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(row?.bytes)) as Record<string, unknown>;
}

async function keepGuide(): Promise<void> {
  const screens = ["field", "interview", "observation", "closure"].map((name) => [guidePath("v1", name), field]);
  await keepPages("bas", "", Object.fromEntries(screens) as Record<string, string>);
}

beforeEach(async () => {
  await setMeta("user", { id: "bas", name: "Bas", language: "nl" });
  await dropPages("bas");
  await writing(["outbox"], (tx) => tx.objectStore("outbox").clear());
});

test("Bas begins underground: word of it waits, and every screen is there", async () => {
  await keepGuide();
  assert.equal(await openOffline("bas", chosen, "nl"), true);
  const [row, ...others] = await outboxOf("bas");
  assert.deepEqual(others, []);
  assert.equal(row?.id, SAFARI);
  assert.equal(row.kind, "opening");
  assert.equal(row.sha256, await sha256(row.bytes));
  const { started_at, ...rest } = wire(row);
  const { goal } = chosen;
  const wanted = { schema: 1, location_id: "town-hall", guide_version_id: "v1", target: 5, goal, back_office: true };
  assert.deepEqual(rest, wanted);
  assert.match(String(started_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  for (const path of ["", "/interviews/new", "/observations/new?with=photo", "/closure"]) {
    assert.ok(await pageAt(`/safaris/${SAFARI}${path}`), path);
  }
});

test("a number that nobody needs is not in what Bas writes about the safari either", async () => {
  await keepGuide();
  await openOffline("bas", { ...chosen, goal: "Bel 111222333" }, "nl");
  await closeOffline("bas", SAFARI, "Stadskantoor", "Iemand riep 123456782.");
  const rows = await outboxOf("bas");
  assert.equal(wire(rows.find((row) => row.kind === "opening")).goal, "Bel [BSN]");
  assert.equal(wire(rows.find((row) => row.kind === "closure")).debrief, "Iemand riep [BSN].");
  assert.ok((await pageAt(`/safaris/${SAFARI}`))?.html.includes("Doel: Bel [BSN]"));
});

test("what was typed stays what was typed", async () => {
  await keepGuide();
  await openOffline("bas", chosen, "nl");
  const html = (await pageAt(`/safaris/${SAFARI}`))?.html ?? "";
  assert.ok(html.includes("<h1>Stadskantoor &lt;balie&gt;</h1>"));
  assert.ok(html.includes("Doel: Waarom __place__ &amp; zo?"));
  assert.ok(html.includes(`href="/safaris/${SAFARI}"`));
  assert.match(html, /<p>(Maan|Dins|Woens|Donder|Vrij|Zater|Zon)dag \d+ [a-z]+, \d\d\.\d\d</);
});

test("without a goal there is no line for it, and a trail has ten steps at most", () => {
  assert.equal(filledIn(field, { goal: "" }).includes("Doel"), false);
  assert.equal(filledIn("__dots__", { target: "30" }), "<i></i>".repeat(10));
  assert.equal(filledIn("__dots__ van __target__", { target: "2" }), "<i></i><i></i> van 2");
});

test("without the guide nothing begins", async () => {
  assert.equal(await openOffline("bas", chosen, "nl"), false);
  assert.deepEqual(await outboxOf("bas"), []);
  assert.equal(await pageAt(`/safaris/${SAFARI}`), null);
});

test("a second tap begins no second safari", async () => {
  await keepGuide();
  await openOffline("bas", chosen, "nl");
  const before = await outboxOf("bas");
  assert.equal(await openOffline("bas", { ...chosen, target: 9 }, "nl"), true);
  assert.deepEqual(await outboxOf("bas"), before);
});

test("opening and closing wait beside each other, in that order", async () => {
  await keepGuide();
  await openOffline("bas", chosen, "nl");
  await closeOffline("bas", SAFARI, "Stadskantoor", "De rij.");
  const rows = await outboxOf("bas");
  assert.deepEqual(rows.map((row) => row.kind), ["opening", "closure"]);
  assert.deepEqual(rows.map((row) => row.safari_id), [SAFARI, SAFARI]);
  const { closed_at, ...rest } = wire(rows[1]);
  assert.deepEqual(rest, { schema: 1, debrief: "De rij." });
  assert.ok(closed_at);
});
