import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceTime, headlineOf, interviewAnswers, observationAnswers, reachable, wireNote } from "../../app/static/src/offline/note";
import type { Draft, Fields } from "../../app/static/src/offline/shapes";

const questions = [
  { key: "story", kind: "open" },
  { key: "moment", kind: "single" },
  { key: "first", kind: "yes_no" },
  { key: "way", kind: "multiple" },
  { key: "nps", kind: "scale" },
  { key: "visits", kind: "number" },
];

function draft(kind: Draft["kind"], fields: Fields): Draft {
  return {
    id: "0190a000-0000-7000-8000-000000000001",
    user_id: "bas",
    safari_id: "s1",
    kind,
    held_at: "2026-11-24T10:41:00+01:00",
    screen: 0,
    fields,
    headline: "",
    literal: false,
    attachments: [],
  };
}

test("each kind of question becomes the answer that the server expects", () => {
  const fields = {
    "answers.story": [" Ik moest wachten. "],
    "literal.story": ["false"],
    "answers.moment": ["counter"],
    "answers.first": ["false"],
    "answers.way": ["told_again", "sent_on"],
    "answers.nps": ["0"],
    "answers.visits": ["3"],
  };
  assert.deepEqual(interviewAnswers(fields, questions), {
    story: { value: "Ik moest wachten.", literal: false },
    moment: { value: "counter" },
    first: { value: false },
    way: { value: ["told_again", "sent_on"] },
    nps: { value: 0 },
    visits: { value: 3 },
  });
});

test("no answer is no answer", () => {
  assert.deepEqual(interviewAnswers({ "answers.nps": [""], "answers.story": ["  "], "answers.way": [] }, questions), {});
});

test("quotes are numbered anew, so that an empty one leaves no gap", () => {
  const fields = { "answers.quote-1": [""], "answers.quote-2": ["Dat mag ik niet."], "literal.quote-2": ["true"] };
  assert.deepEqual(interviewAnswers(fields, questions), { "quote-1": { value: "Dat mag ik niet.", literal: true } });
});

test("a customer who would rather not leaves nothing but that", () => {
  const fields = { consent: ["no"], "answers.story": ["toch iets"], "call_back.reach": ["0612345678"] };
  const note = JSON.parse(JSON.stringify(wireNote(draft("interview", fields), questions, "v1")));
  assert.equal(note.declined, true);
  assert.deepEqual(note.answers, {});
  assert.equal("call_back" in note || "consent" in note, false);
});

test("the words read aloud and the wish to be called go along", () => {
  const fields = { consent: ["yes"], call_back: ["yes"], "call_back.name": ["V."], "call_back.reach": ["v@voorbeeld.nl"] };
  const note = JSON.parse(JSON.stringify(wireNote(draft("interview", fields), questions, "v1")));
  assert.equal(note.consent, "v1");
  assert.deepEqual(note.call_back, { name: "V.", reach: "v@voorbeeld.nl" });
});

test("each yes goes along with the version of what was read, and a page of before says nothing of it", () => {
  const fields = { consent: ["yes"], "consent.photo": ["foto-1"], "consent.call_back": ["terugbellen-1"] };
  const note = JSON.parse(JSON.stringify(wireNote(draft("interview", fields), questions, "v1")));
  assert.deepEqual(note.consents, [
    { purpose: "photo", version: "foto-1" },
    { purpose: "call_back", version: "terugbellen-1" },
  ]);
  const before = JSON.parse(JSON.stringify(wireNote(draft("interview", { consent: ["yes"] }), questions, "v1")));
  assert.equal("consents" in before, false);
});

test("who says no to a call is not called, whatever was typed before", () => {
  const fields = { consent: ["yes"], call_back: ["no"], "call_back.reach": ["0612345678"] };
  assert.equal("call_back" in JSON.parse(JSON.stringify(wireNote(draft("interview", fields), questions, "v1"))), false);
});

test("an observation is quick words, text and effect", () => {
  const fields = { "answers.words": ["queue"], "answers.text": ["Rij tot de deur"], effect: ["hinders"] };
  const note = JSON.parse(JSON.stringify(wireNote(draft("observation", fields), [], "")));
  assert.deepEqual(note.answers, { text: { value: "Rij tot de deur" }, words: { value: ["queue"] } });
  assert.equal(note.effect, "hinders");
  assert.deepEqual(observationAnswers({}), {});
});

test("a list shows the customer's own sentence first", () => {
  const answers = {
    story: { value: "Samenvatting", literal: false },
    advice: { value: "Bel terug.", literal: true },
    "quote-1": { value: "Dat mag ik niet.\nzei ze", literal: true },
  };
  assert.deepEqual(headlineOf(answers), { text: "Dat mag ik niet.", literal: true });
  assert.deepEqual(headlineOf({ moment: { value: "counter" } }), { text: "", literal: false });
});

test("a number or an address is enough to be reached", () => {
  for (const fine of ["06 12345678", "v@voorbeeld.nl"]) assert.ok(reachable(fine));
  for (const not of ["", "@", "morgen", "1234"]) assert.ok(!reachable(not));
});

test("the device's time carries its distance from UTC", () => {
  const moment = new Date("2026-11-24T09:41:00Z");
  assert.equal(new Date(deviceTime(moment)).getTime(), moment.getTime());
  assert.match(deviceTime(moment), /^2026-11-2\dT\d\d:41:00[+-]\d\d:\d\d$/);
});
