import { word } from "../lib/words";
import { COUNTED, type Here, hereFor, sumsOf, unsent } from "../offline/here";
import { onProgress, retry, retryAll, startSending, status } from "../offline/sending";
import type { Waiting } from "../offline/shapes";
import { onUnderway, percentOf, type Underway } from "../offline/underway";
import { moment, size } from "./outbox-parts";
import { draftRow, waitingRow } from "./outbox-row";
import { askToThrowAway, saveAsFile, throwAway } from "./outbox-sheets";

const SAFARI = /^[0-9a-f-]{36}$/;
const ORDER = { failed: 0, waiting: 1, sent: 2 };

/** `<outbox-list user>`: everything of this user that is on this phone, where it is, and what can be done about it.
 *  What was sent while you look stays in sight, as sent. */
class OutboxList extends HTMLElement {
  #here: Here = { drafts: [], rows: [], others: false, sealed: false, stays: false };
  #seen = new Map<string, Waiting>();
  #underway = new Map<string, number>();
  #stops: (() => void)[] = [];

  connectedCallback(): void {
    this.#stops = [onProgress(() => void this.#load()), onUnderway((file) => this.#moved(file))];
    document.addEventListener("click", this.#clicked);
    this.#wayBack();
    void this.#load().then(() => startSending(this.#user));
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    document.removeEventListener("click", this.#clicked);
  }

  get #user(): string {
    return this.getAttribute("user") ?? "";
  }

  /** To the safari whose screen led here. The page itself is the same for every safari, also as the phone keeps it. */
  #wayBack(): void {
    const from = new URLSearchParams(location.search).get("from") ?? "";
    const up = document.querySelector<HTMLAnchorElement>("[data-up]");
    if (up && SAFARI.test(from)) up.href = `/safaris/${from}`;
  }

  async #load(): Promise<void> {
    try {
      this.#here = await hereFor(this.#user);
    } catch {
      return this.#show("[data-broken]", true);
    }
    const now = new Set(this.#here.rows.map((row) => row.id));
    for (const row of this.#here.rows) this.#seen.set(row.id, row);
    for (const row of this.#seen.values()) if (!now.has(row.id)) this.#seen.set(row.id, { ...row, state: "sent" });
    this.#render();
  }

  #render(): void {
    const { drafts, rows, others, sealed, stays } = this.#here;
    const wait = unsent(rows);
    const shown = [...this.#seen.values()].reverse().sort((a, b) => ORDER[a.state] - ORDER[b.state]);
    const things = [
      ...shown.filter((row) => row.state === "failed").map((row) => this.#row(row)),
      ...drafts.map(draftRow).reverse(),
      ...shown.filter((row) => row.state !== "failed").map((row) => this.#row(row)),
    ];
    this.#fill("[data-sum]", wait.length ? sumText(wait) : "");
    this.#fill("[data-age]", wait[0] ? word("oldest", { when: moment(wait[0].held_at, word) }) : "");
    this.querySelector("[data-things]")?.replaceChildren(...things);
    this.#show("[data-some]", things.length > 0);
    this.#show("[data-none]", wait.length === 0 && !sealed);
    this.#show("[data-sealed]", sealed && !stays);
    this.#show("[data-stays]", stays);
    this.#show("[data-others]", others);
    this.#show("[data-signed-out]", status().signedOut);
    this.#fill("[data-server-said] span", wait.length ? status().said : "");
    this.#show("[data-server-said]", wait.length > 0 && status().said !== "");
    this.#show("[data-retry-all]", wait.length > 0);
    this.#show("[data-opens=export]", rows.length + drafts.length > 0);
    this.#show(".dock", rows.length + drafts.length > 0);
  }

  #moved(file: Underway): void {
    this.#underway.set(`${file.id}/${file.sha256}`, percentOf(file));
    this.#render();
  }

  #row(row: Waiting): HTMLElement {
    const held = this.#here.rows.some((other) => other.kind === "opening" && other.state === "failed" && other.safari_id === row.safari_id);
    return waitingRow(row, held, (id, sha256) => this.#underway.get(`${id}/${sha256}`) ?? null);
  }

  /** The dock stands outside this element, at the bottom of the screen. */
  #show(part: string, shown: boolean): void {
    for (const found of document.querySelectorAll<HTMLElement>(part)) found.hidden = !shown;
  }

  #fill(part: string, text: string): void {
    const line = this.querySelector<HTMLElement>(part);
    if (!line) return;
    line.textContent = text;
    line.hidden = !text;
  }

  #clicked = (event: Event): void => {
    const on = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!on) return;
    const id = on.closest<HTMLElement>("[data-unsent]")?.dataset.unsent ?? "";
    if ("retryAll" in on.dataset) void this.#try(retryAll());
    else if (on.dataset.deed === "retry") void this.#try(retry(id));
    else if (on.dataset.deed === "throw_away") askToThrowAway(this.#seen.get(id) as Waiting);
    else if ("throwAway" in on.dataset) void this.#threwAway();
    else if ("export" in on.dataset) void this.#export(on);
  };

  /** Says what came of a tap, also when nothing did. */
  async #try(sending: Promise<void>): Promise<void> {
    this.#tell("trying");
    await sending.catch(() => undefined);
    await this.#load();
    const waits = this.#here.rows.some((row) => row.state === "waiting");
    this.#tell(waits && !status().signedOut && !status().said ? "no_connection" : "");
    if (status().signedOut) this.querySelector("[data-signed-out]")?.scrollIntoView({ block: "center" });
  }

  #tell(key: "trying" | "no_connection" | ""): void {
    const line = document.querySelector<HTMLElement>("[data-said]");
    if (!line) return;
    line.hidden = !key;
    line.textContent = key ? word(key) : "";
  }

  async #threwAway(): Promise<void> {
    this.#seen.delete(await throwAway(this.#user));
    await this.#load();
  }

  async #export(on: HTMLElement): Promise<void> {
    const saved = await saveAsFile(this.#user);
    this.#show("[data-not-exported]", !saved);
    if (saved) on.closest("dialog")?.close();
  }
}

/** "3 gesprekken, 2 foto's, samen 6,1 MB": what is not there is not named. */
function sumText(rows: Waiting[]): string {
  const { many, bytes } = sumsOf(rows);
  const parts = COUNTED.filter((kind) => many[kind]).map((kind) =>
    word(`${many[kind] === 1 ? "one" : "many"}_${kind}`, { num: many[kind] }),
  );
  return word("together", { what: parts.join(", "), size: size(bytes) });
}

customElements.define("outbox-list", OutboxList);
