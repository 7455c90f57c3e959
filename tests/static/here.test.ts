import assert from "node:assert/strict";
import { test } from "node:test";
import { saidOf, sumsOf, unsent } from "../../app/static/src/offline/here";
import { deviceTime } from "../../app/static/src/offline/note";
import type { Waiting } from "../../app/static/src/offline/shapes";
import { percentOf } from "../../app/static/src/offline/underway";

function row(changes: Partial<Waiting> = {}): Waiting {
  return {
    id: "0190a000-0000-7000-8000-000000000001",
    revision: 1,
    schema: 1,
    user_id: "carla",
    safari_id: "safari",
    kind: "interview",
    held_at: "2026-11-24T10:41:00+01:00",
    headline: "",
    literal: false,
    declined: false,
    bytes: new Uint8Array(100).buffer,
    sha256: "ab".repeat(32),
    attachments: [],
    state: "waiting",
    tries: 0,
    last_error: "",
    ...changes,
  };
}

const photo = { sha256: "cd".repeat(32), kind: "photo" as const, size: 2_000_000, media_type: "image/jpeg" };

test("Carla's talks, photos and openings are counted apart, and their bytes together", () => {
  const { many, bytes } = sumsOf([
    row(),
    row({ kind: "observation", attachments: [photo, { ...photo, kind: "voice", size: 500 }] }),
    row({ kind: "opening" }),
  ]);
  assert.deepEqual(many, { interview: 1, declined: 0, observation: 1, photo: 1, voice: 1, opening: 1, closure: 0 });
  assert.equal(bytes, 2_000_800);
});

test("who would rather not talk is no talk", () => {
  const { many } = sumsOf([row({ declined: true })]);
  assert.deepEqual([many.interview, many.declined], [0, 1]);
});

test("a photo that arrived already is not waiting any more", () => {
  const { many, bytes } = sumsOf([row({ attachments: [{ ...photo, arrived: true }, photo] })]);
  assert.deepEqual([many.photo, bytes], [1, 2_000_100]);
});

test("what failed is unsent too, what was sent is not", () => {
  const rows = [row(), row({ state: "failed" }), row({ state: "sent" })];
  assert.deepEqual(unsent(rows).map(({ state }) => state), ["waiting", "failed"]);
});

const now = new Date(2026, 10, 24, 14, 5);

function moment(day: number, hour: number, minute: number): string {
  return deviceTime(new Date(2026, 10, day, hour, minute));
}

test("a time is said as it stood on the clock, with the day it was", () => {
  const said = (heldAt: string): string[] => [saidOf(heldAt, now).day, saidOf(heldAt, now).time];
  assert.deepEqual(said(moment(24, 10, 41)), ["today", "10.41"]);
  assert.deepEqual(said(moment(24, 0, 0)), ["today", "00.00"]);
  assert.deepEqual(said(moment(23, 23, 59)), ["yesterday", "23.59"]);
  assert.deepEqual(said(moment(22, 9, 5)), ["earlier", "09.05"]);
});

test("yesterday is yesterday across a month, a year and the hour that is skipped", () => {
  const day = (then: Date, today: Date): string => saidOf(deviceTime(then), today).day;
  assert.equal(day(new Date(2026, 10, 30, 23), new Date(2026, 11, 1, 0, 30)), "yesterday");
  assert.equal(day(new Date(2026, 11, 31, 1), new Date(2027, 0, 1, 23)), "yesterday");
  assert.equal(day(new Date(2026, 2, 28, 1), new Date(2026, 2, 29, 23)), "yesterday");
});

test("a moment still to come, from a clock that was put back, is said with its day", () => {
  assert.equal(saidOf(moment(26, 10, 0), now).day, "earlier");
});

test("a moment that nobody can read breaks nothing", () => {
  assert.equal(saidOf("", now).time, "");
});

test("a file is all there only when its last byte is", () => {
  assert.equal(percentOf({ here: 0, size: 1_000 }), 0);
  assert.equal(percentOf({ here: 999, size: 1_000 }), 99);
  assert.equal(percentOf({ here: 1_000, size: 1_000 }), 100);
  assert.equal(percentOf({ here: 5, size: 0 }), 0);
});
