import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { KeptPage } from "../../app/static/src/offline/shapes";
import { judged } from "../../app/static/src/service-worker/judging";
import { answering, nameOf, type Asked, RULES } from "../../app/static/src/service-worker/rules";
import { leadingTo } from "../../app/static/src/service-worker/shortcuts";

const ORIGIN = "https://safari.example";
const SAFARI = "01a205b3-bc02-7082-b32f-f05e629e049a";
const UNTOUCHED = ["/api", "/auth", "/session", "/health", "/exports", "/attachments", "/bundles", "/calendars"];

function asking(path: string, changes: Partial<Asked> = {}): Asked {
  return { method: "GET", mode: "navigate", url: new URL(path, ORIGIN), origin: ORIGIN, range: false, ...changes };
}

const modes = fc.constantFrom("navigate", "cors", "no-cors", "same-origin");
const methods = fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS");
const segment = fc.stringMatching(/^[\w.-]{0,12}$/);
const tails = fc.array(segment, { maxLength: 4 }).map((parts) => parts.map((part) => `/${part}`).join(""));
// "." and ".." are walked by the browser before anybody sees the path: what is left is what the server gets.
const escapes = (text: string): fc.Arbitrary<string> =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((odd) =>
    [...text].map((sign, i) => (i > 0 && odd[i] && sign !== "/" ? `%${sign.charCodeAt(0).toString(16)}` : sign)).join(""),
  );

test("whatever may change something is never touched", () => {
  const asked = fc.record({ method: methods, mode: modes, path: fc.webPath(), range: fc.boolean() });
  fc.assert(
    fc.property(asked, ({ method, mode, path, range }) => {
      fc.pre(method !== "GET");
      assert.equal(answering(asking(`/${path.replace(/^\/+/, "")}`, { method, mode, range })), "leave");
    }),
    { numRuns: 500 },
  );
});

test("nothing under the private folders is ever touched, however it is spelled", () => {
  const folder = fc.constantFrom(...UNTOUCHED).chain((path) => fc.oneof(fc.constant(path), escapes(path)));
  const query = fc.constantFrom("", "?a=1", "?/static/dist/app.6OCZR5YY.js");
  fc.assert(
    fc.property(folder, tails, query, modes, methods, (top, tail, rest, mode, method) => {
      const asked = asking(`${top}${tail}${rest}`, { mode, method });
      fc.pre(decodeURIComponent(asked.url.pathname).startsWith(decodeURIComponent(top)));
      assert.equal(answering(asked), "leave");
    }),
    { numRuns: 5000 },
  );
});

test("parts of a file and other sites are left to the browser", () => {
  assert.equal(answering(asking("/today", { range: true })), "leave");
  assert.equal(answering(asking("https://elsewhere.example/today")), "leave");
});

test("built files and pages are ours, and nothing else", () => {
  assert.equal(answering(asking("/static/dist/app.6OCZR5YY.js", { mode: "cors" })), "asset");
  assert.equal(answering(asking("/static/dist/source-sans-3-latin-wght-normal.7ARQTPZU.woff2", { mode: "cors" })), "asset");
  assert.equal(answering(asking(`/safaris/${SAFARI}`)), "page");
  assert.equal(answering(asking("/apiary")), "page");
  assert.equal(answering(asking("/static/dist/manifest.json", { mode: "cors" })), "leave");
  assert.equal(answering(asking("/field-notes?page=2", { mode: "cors" })), "leave");
  assert.equal(answering(asking("/service-worker.js", { mode: "same-origin" })), "leave");
});

test("some rule always fits, and the last one leaves it", () => {
  assert.equal(RULES.at(-1)?.when(asking("/")), true);
  assert.equal(RULES.at(-1)?.then, "leave");
});

test("a built file is known by its plain name", () => {
  assert.equal(nameOf("/static/dist/icon-maskable-512.e0d80f23.png"), "icon-maskable-512.png");
  assert.equal(nameOf("/static/dist/manifest.json"), null);
  assert.equal(nameOf("/static/dist/../app.6OCZR5YY.js"), null);
});

test("a kept page stands in for what is not ours, broken, or asks to sign in", () => {
  assert.equal(judged({ status: 200, ours: true, movedTo: null }), "give");
  assert.equal(judged({ status: 403, ours: true, movedTo: null }), "give");
  assert.equal(judged({ status: 404, ours: true, movedTo: null }), "unheard");
  assert.equal(judged({ status: 200, ours: true, movedTo: "/login" }), "signed_out");
  assert.equal(judged({ status: 200, ours: true, movedTo: "/today" }), "move");
  assert.equal(judged({ status: 200, ours: false, movedTo: null }), "portal");
  assert.equal(judged({ status: 200, ours: false, movedTo: "/login" }), "portal");
  assert.equal(judged({ status: 503, ours: true, movedTo: null }), "broken");
  assert.equal(judged({ status: 502, ours: false, movedTo: null }), "broken");
});

function kept(path: string, safari_id = "", kept_at = "2026-11-24T10:00:00Z"): KeptPage {
  return { user_id: "bas", path, safari_id, html: "", assets: [], kept_at };
}

test("the shortcuts lead to the safari that was kept last, else to a new one, else nowhere", () => {
  const safaris = [kept("/safaris/old", "old", "2026-11-23T10:00:00Z"), kept("/safaris/new-one", "new-one")];
  const watching = kept("/safaris/new-one/observations/new", "new-one");
  assert.equal(leadingTo("/go", safaris), "/safaris/new-one");
  assert.equal(leadingTo("/go/observation", [...safaris, watching]), "/safaris/new-one/observations/new");
  assert.equal(leadingTo("/go/observation", [kept("/safaris/new")]), "/safaris/new");
  assert.equal(leadingTo("/go", [kept("/today")]), null);
  assert.equal(leadingTo("/", [kept("/today")]), "/today");
  assert.equal(leadingTo("/actions", [kept("/today")]), null);
});
