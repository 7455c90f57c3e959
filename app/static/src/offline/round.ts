import { outside, type World } from "./asking";
import { askManifest } from "./manifest";
import { setMeta, phoneUser } from "./meta";
import { type Confirmation, keepReceipt, outboxOf, receiptOf, release } from "./outbox";
import { fits, isSignedOut, parcelsOf, sendAlone, sendParcel } from "./parcels";
import { sendFiles } from "./sending-files";
import { isDue, isNote, putOff, receive, type Say, settle } from "./settling";
import type { Waiting } from "./shapes";
import { asksRest, isJson, noteVerdict, type Reply, refusalIn, type Verdict } from "./verdict";

/** So many answers in a row that are not ours: the connection is gone, or a portal stands in between. */
const MOST_TROUBLE = 3;
const SLOW_TRIES = 3;

/** One pass over everything that a user has waiting. Nothing is lost when it stops halfway, at whatever point. */
export class Round {
  private readonly world: World;
  signedOut = false;
  progress = false;
  /** Why the server can take nothing in now, in its own words. */
  said = "";
  /** Milliseconds that the server asked us to wait. */
  retryAfter = 0;
  #over = false;
  #trouble = 0;
  #toSend = new Set<string>();

  /** `all`: also what still pauses after a try, because somebody asked or the connection is new. */
  constructor(
    private readonly user: string,
    private readonly all: boolean,
    private readonly tell: Say,
    world: World = outside,
  ) {
    this.world = { ...world, user };
  }

  async go(): Promise<void> {
    const rows = await outboxOf(this.user);
    const notes = rows.filter(isNote);
    if (!rows.length || !(await this.#goesOn())) return;
    await this.#compare(notes);
    const due = rows.filter((row) => row.state === "waiting" && (this.all || isDue(row, this.world.now())));
    for (const row of rows) if (row.kind === "opening" || row.kind === "closure") await this.#confirm(row);
    for (const row of due) if (row.kind === "opening") await this.#alone(row);
    const held = new Set(rows.filter((row) => row.kind === "opening" && row.state !== "sent").map((row) => row.safari_id));
    const ready = due.filter((row) => isNote(row) && !held.has(row.safari_id));
    await this.#notes(ready.filter((row) => this.#toSend.has(row.id)));
    for (const row of ready) {
      if (row.state !== "waiting" || this.#toSend.has(row.id) || !(await this.#goesOn())) continue;
      await sendFiles(row, { world: this.world, say: this.#say, seen: (reply) => this.#seen(reply), goesOn: () => this.#goesOn() });
    }
    for (const row of due) if (row.kind === "closure" && !held.has(row.safari_id) && !this.#awaits(row, notes)) await this.#alone(row);
  }

  /** Nothing is sent while somebody else is signed in on this phone, or nobody. */
  async #goesOn(): Promise<boolean> {
    return !this.#over && (await phoneUser())?.id === this.user;
  }

  readonly #say: Say = (id, step) => {
    if (step === "sent") this.progress = true;
    this.tell(id, step);
  };

  async #compare(notes: Waiting[]): Promise<void> {
    if (!notes.length) return;
    const { manifest, reply } = await askManifest(this.world, notes);
    this.#seen(reply);
    if (manifest instanceof Map) await setMeta("last_ok", new Date(this.world.now()).toISOString());
    else if (isSignedOut(reply)) for (const row of notes) if (row.state === "waiting") await this.#paused(row);
    if (!manifest) this.#over = true;
    for (const row of notes) {
      const said: Confirmation | undefined = manifest instanceof Map ? manifest.get(row.id) : undefined;
      const unproven = row.state === "waiting" && !(await receiptOf(row));
      if (said ? await settle(row, said, this.#say) : unproven) this.#toSend.add(row.id);
    }
  }

  async #paused(row: Waiting): Promise<void> {
    await putOff(row, { outcome: "paused" }, this.world, this.#say);
  }

  async #notes(rows: Waiting[]): Promise<void> {
    const together = rows.filter(fits);
    const alone = rows.filter((row) => !together.includes(row));
    for (const parcel of parcelsOf(together)) {
      if (!(await this.#goesOn())) return;
      const { verdicts, reply } = await sendParcel(this.world, parcel);
      this.#seen(reply);
      if (verdicts === "alone") alone.unshift(...parcel);
      else for (const row of parcel) await this.#judged(row, verdicts?.get(row.id) ?? { outcome: this.signedOut ? "paused" : "later" });
    }
    for (const row of alone) await this.#alone(row);
  }

  async #alone(row: Waiting): Promise<void> {
    if (!(await this.#goesOn())) return;
    const reply = await sendAlone(this.world, row);
    this.#seen(reply);
    await this.#judged(row, this.#verdict(row, reply));
  }

  /** The receipt of a closure carries the id of its safari. */
  #verdict(row: Waiting, reply: Reply | null): Verdict {
    const { revision, sha256 } = row;
    return reply ? noteVerdict(reply, { id: isNote(row) ? row.id : row.safari_id, revision, sha256 }) : { outcome: "later" };
  }

  async #judged(row: Waiting, verdict: Verdict): Promise<void> {
    if (verdict.outcome !== "received") return putOff(row, verdict, this.world, this.#say);
    await keepReceipt(row, verdict.receipt);
    this.#toSend.delete(row.id);
    this.progress = true;
    await receive(row, this.#say);
  }

  /** No manifest speaks of a safari: the same bytes, answered with the same receipt once more, confirm it. */
  async #confirm(row: Waiting): Promise<void> {
    if (row.state !== "sent" || !(await this.#goesOn())) return;
    const reply = await sendAlone(this.world, row);
    this.#seen(reply);
    const verdict = this.#verdict(row, reply);
    if (verdict.outcome !== "received") return;
    await release(row, { state: "have", missing: [], receipt: { ...verdict.receipt, id: row.id } });
  }

  /** Where possible a safari ends after its notes; one that keeps failing does not keep it open. */
  #awaits(closure: Waiting, notes: Waiting[]): boolean {
    return notes.some((note) => note.safari_id === closure.safari_id && this.#toSend.has(note.id) && note.state === "waiting" && note.tries < SLOW_TRIES);
  }

  #seen(reply: Reply | null): void {
    const ours = reply !== null && isJson(reply.type) && reply.body !== null;
    this.#trouble = ours ? 0 : this.#trouble + 1;
    if (asksRest(reply)) this.said = refusalIn(reply)?.reason || this.said;
    this.retryAfter = Math.max(this.retryAfter, asksRest(reply) ? (reply.retryAfter ?? 0) : 0);
    this.signedOut ||= isSignedOut(reply);
    if (this.signedOut || this.retryAfter || this.#trouble >= MOST_TROUBLE) this.#over = true;
  }
}
