import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid7 } from "../../app/static/src/offline/uuid";

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id has the shape that the server asks for, whatever is random", () => {
  for (const fill of [0, 255, 0x5a]) assert.match(uuid7(1_732_441_260_000, new Uint8Array(10).fill(fill)), SHAPE);
  assert.match(uuid7(), SHAPE);
});

test("an id begins with the moment at which it was made, so ids sort by it", () => {
  const moment = 0x0192_3456_789a;
  assert.equal(uuid7(moment).slice(0, 13), "01923456-789a");
  assert.ok(uuid7(moment) < uuid7(moment + 1));
});
