import assert from "node:assert/strict";
import { test } from "node:test";
import { masked, maskedFields } from "../../app/static/src/offline/masking";
import cases from "../masking.json";

for (const { why, text, masked: expected } of cases) {
  test(`a number nobody needs is not kept: ${why}`, () => assert.equal(masked(text), expected));
}

test("how a customer wants to be reached stays as it was given", () => {
  const fields = { "answers.story": ["111222333"], "call_back.reach": ["111222333"] };
  assert.deepEqual(maskedFields(fields), { "answers.story": ["[BSN]"], "call_back.reach": ["111222333"] });
});
