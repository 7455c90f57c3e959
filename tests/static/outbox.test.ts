import { dieAfter, setClock, watchPuts, wipe } from "./phone/browser";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { meta } from "../../app/static/src/offline/meta";
import { outside } from "../../app/static/src/offline/asking";
import { Round } from "../../app/static/src/offline/round";
import { retryAll, sendNow } from "../../app/static/src/offline/sending";
import { arrive, leave } from "../../app/static/src/offline/session";
import { everything, frozen } from "./phone/notes";
import { type Mood, MOODS, Server } from "./phone/server";

const PEOPLE = ["bas", "carla"];
const YEARS = 10 * 365 * 86_400_000;

const moods = fc.array(fc.constantFrom(...MOODS, "honest" as const, "honest" as const), { maxLength: 6 });
const steps = fc.integer({ min: 0, max: 60 });
const who = fc.constantFrom(...PEOPLE);
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("freeze" as const), files: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("send" as const), moods }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("kill" as const), moods, steps }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("tabs" as const), moods }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("retry" as const), moods }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("sign in" as const), who, moods, steps }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sign out" as const), moods, steps }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("revoked" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("old tab" as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("server forgets" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clock" as const), years: fc.constantFrom(-YEARS, 0, YEARS) }) },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

interface Kept {
  user: string;
  sha256: string;
  files: string[];
  gone: boolean;
}

/** One phone through one story; `kept` is all that its screens ever called saved. */
class Story {
  readonly server = new Server();
  readonly kept = new Map<string, Kept>();
  /** After how many requests the receipt of a note was first stored. */
  readonly stored = new Map<string, number>();
  user: string | null = null;

  constructor() {
    watchPuts((shelf, id) => {
      if (shelf === "receipts" && !this.stored.has(id)) this.stored.set(id, this.server.requests.length);
    });
  }

  async live(event: Event): Promise<void> {
    this.server.moods = "moods" in event ? [...(event.moods as Mood[])] : [];
    if ("steps" in event) dieAfter(event.steps);
    await this.#happen(event).catch(() => undefined);
    dieAfter(Infinity);
    // Whatever was under way on a phone that died is over before it starts again.
    await sendNow().catch(() => undefined);
    this.server.moods = [];
    await this.check();
  }

  async #happen(event: Event): Promise<void> {
    const { server } = this;
    if (event.kind === "freeze" && this.user) await this.#freeze(event.files);
    else if (event.kind === "send" || event.kind === "kill") await sendNow();
    else if (event.kind === "retry") await retryAll();
    else if (event.kind === "tabs") await Promise.all([1, 2].map(() => new Round(this.user ?? "bas", true, () => undefined).go()));
    else if (event.kind === "old tab") await new Round(event.who, true, () => undefined, outside).go();
    else if (event.kind === "sign in") await this.#signIn(event.who);
    else if (event.kind === "revoked") server.cookie = null;
    else if (event.kind === "server forgets") await this.#forget();
    else if (event.kind === "clock") setClock(event.years);
    else if (event.kind === "sign out" && this.user) {
      const user = this.user;
      this.user = null;
      await leave(user).finally(() => (server.cookie = null));
    }
  }

  async #freeze(files: number): Promise<void> {
    const row = await frozen(this.kept.size + 1, this.user ?? "", files);
    this.kept.set(row.id, { user: row.user_id, sha256: row.sha256, files: row.attachments.map((file) => file.sha256), gone: false });
  }

  async #signIn(who: string): Promise<void> {
    this.server.cookie = who;
    this.user = who;
    await arrive({ id: who, name: who, language: "nl" });
  }

  /** Back from an older backup: what a phone still holds is not there any more. */
  async #forget(): Promise<void> {
    for (const row of (await everything()).outbox) this.server.held.delete(row.id);
  }

  async check(): Promise<void> {
    const { outbox, blobs, receipts } = await everything();
    for (const { ids, user } of this.server.requests) {
      for (const id of ids) if (user && this.kept.has(id)) assert.equal(this.kept.get(id)?.user, user, "sent under another name");
    }
    for (const [id, kept] of this.kept) {
      const row = outbox.find((one) => one.id === id);
      const receipt = receipts.find((one) => one.id === id && one.sha256 === kept.sha256 && one.revision === 1);
      if (row) {
        assert.equal(row.sha256, kept.sha256);
        assert.ok(row.locked || row.bytes.byteLength > 0, "neither open nor locked");
        for (const file of kept.files) assert.ok(blobs.some((blob) => blob.note_id === id && blob.sha256 === file), "a file went first");
        if (row.state === "sent") assert.ok(receipt, "sent without a receipt");
      } else if (!kept.gone) {
        kept.gone = true;
        const there = this.server.held.get(id);
        assert.ok(receipt, "gone without a receipt");
        const later = this.server.said.filter((one) => one.id === id && one.at > (this.stored.get(id) ?? Infinity));
        const proof = later.some((one) => one.state === "have" && one.sha256 === kept.sha256 && one.revision === 1 && !one.missing);
        assert.ok(proof, "gone before a later manifest");
        assert.ok(there?.sha256 === kept.sha256 && kept.files.every((file) => there.files.has(file)), "nowhere any more");
        assert.ok(!blobs.some((blob) => blob.note_id === id), "a file stayed");
      }
    }
  }

  /** With an honest server everything arrives in the end, and the phone is empty. */
  async end(): Promise<void> {
    setClock(0);
    for (const who of PEOPLE) {
      await this.live({ kind: "sign in", who, moods: [], steps: Infinity });
      for (let i = 0; i < 4; i += 1) await this.live({ kind: "retry", moods: [] });
    }
    const { outbox } = await everything();
    assert.deepEqual(outbox, [], "something never arrives");
    for (const [id, kept] of this.kept) assert.equal(this.server.held.get(id)?.sha256, kept.sha256);
    assert.equal(this.server.held.size, this.kept.size, "doubled");
  }
}

test("whatever happens, nothing leaves the outbox before a stored receipt and a later manifest prove that it arrived", async () => {
  let released = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 16 }), async (events) => {
      await wipe();
      setClock(0);
      const story = new Story();
      globalThis.fetch = story.server.fetch as typeof fetch;
      await story.live({ kind: "sign in", who: "bas", moods: [], steps: Infinity });
      await story.live({ kind: "freeze", files: 1 });
      for (const one of events) await story.live(one);
      await story.end();
      released += story.kept.size;
      assert.equal(await meta("user").then((user) => (user as { id: string }).id), "carla");
    }),
    { numRuns: Number(process.env.KLANTSAFARI_STORIES ?? 40) },
  );
  assert.ok(released > 40, "the stories say something only when notes come and go");
});
