import "./phone/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import { admits } from "../../app/static/src/offline/posting";

const ours = { klantsafari: "abc" };

test("a plain form goes only where it comes in: our own server, that knows who asks", async () => {
  const asked: unknown[] = [];
  const answers: [Response | Error, boolean][] = [
    [new Response("{}", { status: 200, headers: ours }), true],
    [new Response("{}", { status: 401, headers: ours }), false],
    [new Response("<h1>Gratis wifi</h1>", { status: 200 }), false],
    [new TypeError("no connection"), false],
  ];
  for (const [answer, admitted] of answers) {
    globalThis.fetch = (async (address: string, options: RequestInit) => {
      asked.push([address, options.headers]);
      if (answer instanceof Error) throw answer;
      return answer;
    }) as typeof fetch;
    assert.equal(await admits("bas"), admitted);
  }
  assert.deepEqual(asked[0], ["/api/v1/me", { "klantsafari-user": "bas" }]);
});
