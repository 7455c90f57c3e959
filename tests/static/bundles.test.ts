import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepBundle, keepPhonePages, renewAll } from "../../app/static/src/offline/bundles";
import { closeOffline } from "../../app/static/src/offline/errands";
import { setMeta } from "../../app/static/src/offline/meta";
import { dropPages, keptPages, pageAt } from "../../app/static/src/offline/pages";
import { writing } from "../../app/static/src/offline/store";

const page = '<link href="/static/dist/app.AAAAAAAA.css"><body data-user="bas">';
const headers = { klantsafari: "b1", "content-type": "application/json" };
let asked: string[] = [];

function json(body: object): Response {
  return new Response(JSON.stringify(body), { headers });
}

const phone = { version: "b1", pages: { "/offline": page }, guides: { v1: { field: page } } };
const going = { version: "b1", pages: { "/safaris/s1": page } };

/** What the server answers by path; anything else fails as without a connection. */
function serve(answers: Record<string, () => Response>): void {
  asked = [];
  globalThis.fetch = (async (input: string) => {
    asked.push(input);
    const answer = answers[input];
    if (!answer) throw new TypeError("failed");
    return answer();
  }) as typeof fetch;
}

const whole = {
  "/bundles/phone": () => json(phone),
  "/bundles/safaris/s1": () => json(going),
  "/static/dist/app.AAAAAAAA.css": () => new Response("", { headers }),
};

beforeEach(async () => {
  await setMeta("user", { id: "bas", name: "Bas", language: "nl" });
  await setMeta("kept:bas", null);
  await dropPages("bas");
  await writing(["outbox"], (tx) => tx.objectStore("outbox").clear());
});

test("pages of the phone and of a safari are kept", async () => {
  serve(whole);
  assert.equal(await keepPhonePages(), true);
  assert.equal(await keepBundle("s1"), true);
  assert.deepEqual((await keptPages()).map((kept) => kept.path), ["/offline", "/safaris/s1", "guide/v1/field"]);
});

test("whatever else answers, nothing changes and nothing breaks", async () => {
  serve(whole);
  await keepBundle("s1");
  const before = await pageAt("/safaris/s1");
  const portal = (): Response => new Response("<h1>Welkom op onze wifi</h1>", { headers: { "content-type": "text/html" } });
  const signedOut = (): Response => new Response(null, { status: 303, headers });
  const broken = (): Response => new Response("stuk", { status: 500, headers });
  const others = (): Response => json({ version: "b1", pages: { "/safaris/s1": '<body data-user="carla">' } });
  for (const answer of [portal, signedOut, broken, others]) {
    serve({ ...whole, "/bundles/safaris/s1": answer });
    assert.equal(await keepBundle("s1"), false);
    assert.deepEqual(await pageAt("/safaris/s1"), before);
  }
  serve({});
  assert.equal(await keepBundle("s1"), false);
  assert.equal(await keepPhonePages(), false);
  assert.deepEqual(await pageAt("/safaris/s1"), before);
});

test("a page is not kept without the files that it needs", async () => {
  serve({ "/bundles/safaris/s1": whole["/bundles/safaris/s1"] });
  assert.equal(await keepBundle("s1"), false);
  assert.deepEqual(await keptPages(), []);
});

test("a safari that is over goes, but never under what still waits", async () => {
  serve(whole);
  await keepBundle("s1");
  await closeOffline("bas", "s1", "Stadskantoor", "");
  const over = () => json({ version: "b1", pages: {} });
  const unknown = () => new Response("niet gevonden", { status: 404, headers });
  for (const answer of [over, unknown]) {
    serve({ ...whole, "/bundles/safaris/s1": answer });
    await keepBundle("s1");
    assert.ok(await pageAt("/safaris/s1"));
  }
  await writing(["outbox"], (tx) => tx.objectStore("outbox").clear());
  await keepBundle("s1");
  assert.equal(await pageAt("/safaris/s1"), null);
});

test("everything is asked for again when another build is served or another language read, and not before", async () => {
  serve(whole);
  await keepBundle("s1");
  await keepPhonePages();
  serve(whole);
  await renewAll("b1");
  assert.deepEqual(asked, []);
  await renewAll("b2");
  const everything = ["/bundles/safaris/s1", "/bundles/phone"];
  assert.deepEqual(asked.filter((path) => path.startsWith("/bundles")), everything);
  serve(whole);
  await setMeta("user", { id: "bas", name: "Bas", language: "en" });
  await renewAll("b1");
  assert.deepEqual(asked.filter((path) => path.startsWith("/bundles")), everything);
});
