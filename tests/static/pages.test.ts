import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setMeta } from "../../app/static/src/offline/meta";
import { assetsIn, assetsNamed, dropPages, dropSafari, keepPages, keptPages, pageAt } from "../../app/static/src/offline/pages";

const signedIn = (id: string): Promise<void> => setMeta("user", { id, name: "", language: "nl" });
const html = (name: string): string => `<link href="/static/dist/app.AAAAAAAA.css"><script src="/static/dist/${name}"></script>`;

beforeEach(async () => {
  for (const user of ["bas", "carla"]) await dropPages(user);
  await signedIn("carla");
  await keepPages("carla", "s1", { "/safaris/s1": "van Carla" });
  await signedIn("bas");
  await keepPages("bas", "s1", { "/safaris/s1": html("capture.BBBBBBBB.js"), "/safaris/s1/closure": "afronden" });
  await keepPages("bas", "", { "/offline": "geen internet" });
});

test("a page is found by its path, whatever it is asked with", async () => {
  assert.equal((await pageAt("/safaris/s1?saved=1"))?.html, html("capture.BBBBBBBB.js"));
  assert.equal((await pageAt("/safaris/s1/closure#top"))?.html, "afronden");
  assert.equal(await pageAt("/safaris/s2"), null);
});

test("Carla on the phone of Bas sees her own pages only", async () => {
  await signedIn("carla");
  assert.equal((await pageAt("/safaris/s1"))?.html, "van Carla");
  assert.equal(await pageAt("/safaris/s1/closure"), null);
  assert.deepEqual((await keptPages()).map((page) => page.path), ["/safaris/s1"]);
});

test("nobody signed in sees nothing", async () => {
  await setMeta("user", null);
  assert.equal(await pageAt("/safaris/s1"), null);
  assert.deepEqual(await keptPages(), []);
});

test("what comes in after signing out is not kept", async () => {
  await setMeta("user", null);
  await keepPages("bas", "s2", { "/safaris/s2": "te laat" });
  await signedIn("bas");
  assert.equal(await pageAt("/safaris/s2"), null);
});

test("a newer page takes the place of the older one, and no built file is missed", async () => {
  await keepPages("bas", "s1", { "/safaris/s1": html("capture.CCCCCCCC.js") });
  assert.equal((await keptPages()).length, 3);
  const files = ["/static/dist/app.AAAAAAAA.css", "/static/dist/capture.CCCCCCCC.js"];
  assert.deepEqual([...(await assetsNamed())].sort(), files);
});

test("an icon's own place in the sprite is no part of the file", () => {
  const page = '<use href="/static/dist/sprite.0123abcd.svg#helm"/><use href="/static/dist/sprite.0123abcd.svg#talk"/>';
  assert.deepEqual(assetsIn(page), ["/static/dist/sprite.0123abcd.svg"]);
});

test("a safari goes without the others, and a user without the others", async () => {
  await dropSafari("bas", "s1");
  assert.deepEqual((await keptPages()).map((page) => page.path), ["/offline"]);
  await dropPages("bas");
  assert.deepEqual(await keptPages(), []);
  await signedIn("carla");
  assert.equal((await keptPages()).length, 1);
});
