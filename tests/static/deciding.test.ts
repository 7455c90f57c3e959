import { dieAfter, wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { decide, onDecided, sendDecisions, sendLast, type News } from "../../app/static/src/offline/deciding";
import { decisionsOf, dropDecisions, keepDecision } from "../../app/static/src/offline/decisions";
import type { Decision, Verdict } from "../../app/static/src/offline/shapes";

interface Asked {
  user: string | null;
  decisions: { tagging_id: string; verdict: Verdict; tag_id: string | null }[];
}

type Mood = "well" | "cut before" | "cut after" | "signed out" | "busy" | "refused" | "portal";

let moods: Mood[] = [];
let asked: Asked[] = [];
/** What the server holds of each suggestion. */
let state: Map<string, string>;
let decidedByCarla: Set<string>;
let news: News[] = [];
onDecided((told) => news.push(told));

const json = (status: number, body: unknown): Response => Response.json(body, { status });

globalThis.fetch = (async (_: string, options: RequestInit) => {
  const mood = moods.shift() ?? "well";
  if (mood === "cut before") throw new TypeError("no network");
  if (mood === "portal") return new Response("<h1>Gratis wifi</h1>", { headers: { "content-type": "text/html" } });
  if (mood === "signed out") return json(401, { error: { code: "not_signed_in", message: "Je bent niet ingelogd." } });
  if (mood === "busy") return json(503, { error: { code: "busy", message: "Zo weer." } });
  if (mood === "refused") return json(403, { error: { code: "forbidden", message: "Je rol laat dit niet toe." } });
  const { decisions } = JSON.parse(String(options.body)) as Asked;
  asked.push({ user: new Headers(options.headers).get("klantsafari-user"), decisions });
  const results = decisions.map(({ tagging_id, verdict }) => {
    if (decidedByCarla.has(tagging_id)) return { tagging_id, outcome: "decided", message: "Carla keek dit al na." };
    state.set(tagging_id, verdict);
    return { tagging_id, outcome: "done", message: "" };
  });
  if (mood === "cut after") throw new TypeError("no answer");
  return json(200, { results, left: 0 });
}) as typeof fetch;

function row(tagging_id: string, verdict: Verdict = "accept", user_id = "bas"): Decision {
  return { user_id, tagging_id, verdict, tag_id: verdict === "other" ? "kosten" : null };
}

async function decided(...rows: Decision[]): Promise<void> {
  for (const one of rows) await decide(one);
  await sendDecisions("bas");
}

const waiting = async (user = "bas"): Promise<string[]> => (await decisionsOf(user)).map((one) => one.tagging_id);

beforeEach(async () => {
  await wipe();
  [moods, asked, news, state, decidedByCarla] = [[], [], [], new Map(), new Set()];
});

test("what is decided is sent in its order, for who decided it, and then gone from the phone", async () => {
  await decided(row("a"), row("b", "other"), row("a", "undo"));
  assert.deepEqual(asked.flatMap((one) => one.decisions.map((d) => [d.tagging_id, d.verdict, d.tag_id])), [
    ["a", "accept", null],
    ["b", "other", "kosten"],
    ["a", "undo", null],
  ]);
  assert.ok(asked.every((one) => one.user === "bas"));
  assert.deepEqual([await waiting(), news.at(-1)], [[], { waiting: 0, told: [] }]);
});

test("how a label was meant goes the same way, in its place between the others", async () => {
  moods = ["cut before"];
  await decided(row("a", "negative"), row("a"), row("b", "positive"), row("b", "as_read"));
  moods = [];
  await sendDecisions("bas");
  assert.deepEqual(asked.at(-1)?.decisions.map((d) => `${d.tagging_id} ${d.verdict}`), ["a negative", "a accept", "b positive", "b as_read"]);
  assert.deepEqual(await waiting(), []);
});

for (const mood of ["cut before", "cut after", "busy", "portal"] as const) {
  test(`${mood}: everything stays, says how many, and arrives the next time`, async () => {
    moods = Array<Mood>(9).fill(mood);
    await decided(row("a"), row("b", "reject"));
    assert.deepEqual([await waiting(), news.at(-1)?.waiting], [["a", "b"], 2]);
    moods = [];
    await sendDecisions("bas");
    assert.deepEqual([...state], [["a", "accept"], ["b", "reject"]]);
    assert.deepEqual([await waiting(), news.at(-1)?.waiting], [[], 0]);
  });
}

test("signed out: it waits for signing in", async () => {
  moods = Array<Mood>(9).fill("signed out");
  await decided(row("a"));
  assert.deepEqual(await waiting(), ["a"]);
});

test("what another decided is told, and holds up nothing", async () => {
  decidedByCarla.add("a");
  await keepDecision(row("a"));
  await keepDecision(row("b"));
  await sendDecisions("bas");
  assert.deepEqual(news.at(-2), { waiting: 0, told: ["Carla keek dit al na."] });
  assert.deepEqual([state.get("b"), await waiting()], ["accept", []]);
});

test("who lost the role is told, and nothing is tried for ever", async () => {
  moods = ["refused"];
  await keepDecision(row("a"));
  await sendDecisions("bas");
  assert.deepEqual([await waiting(), news.at(-2)?.told], [[], ["Je rol laat dit niet toe."]]);
});

test("more than fit in one go are sent in several, in their order", async () => {
  for (let n = 0; n < 120; n += 1) await keepDecision(row(String(n)));
  await sendDecisions("bas");
  assert.deepEqual(asked.map((one) => one.decisions.length), [50, 50, 20]);
  assert.deepEqual(asked.flatMap((one) => one.decisions.map((d) => Number(d.tagging_id))), [...Array(120).keys()]);
});

test("Carla on the phone of Bas neither sends nor loses what he decided", async () => {
  await keepDecision(row("a"));
  await sendDecisions("carla");
  assert.deepEqual([asked, await waiting()], [[], ["a"]]);
});

test("at signing out there is one last try; then the phone holds nothing of it", async () => {
  await keepDecision(row("a"));
  await sendLast("bas");
  assert.equal(state.get("a"), "accept");
  await keepDecision(row("b"));
  await keepDecision(row("c", "accept", "carla"));
  await dropDecisions("bas");
  assert.deepEqual([await waiting(), await waiting("carla")], [[], ["c"]]);
});

test("a phone that dies while sending has sent it or has it still", async () => {
  for (let steps = 0; steps < 12; steps += 1) {
    await wipe();
    state.clear();
    await keepDecision(row("a"));
    dieAfter(steps);
    await sendDecisions("bas").catch(() => undefined);
    dieAfter(Infinity);
    assert.ok(state.has("a") || (await waiting()).includes("a"), `after ${steps} steps`);
  }
});

test("a phone that keeps nothing says so, so that the form can go the plain way", async () => {
  dieAfter(0);
  await assert.rejects(decide(row("a")));
});
