import { word } from "../lib/words";
import { discardRefused } from "../offline/discarding";
import { exportFile, exportName } from "../offline/export";
import { COUNTED, type Here, hereFor, sumsOf, unsent } from "../offline/here";
import { onProgress, retryAll, startSending } from "../offline/sending";
import type { Waiting } from "../offline/shapes";
import { moment, size } from "./outbox-parts";
import { draftRow, titleOf, waitingRow } from "./outbox-row";

const SAFARI = /^[0-9a-f-]{36}$/;
const ORDER = { failed: 0, waiting: 1, sent: 2 };

/** `<outbox-list user>`: everything of this user that is on this phone, where it is, and what can be done about it.
 *  What was sent while you look stays in sight, as sent. */
class OutboxList extends HTMLElement {
  #here: Here = { drafts: [], rows: [], others: false };
  #seen = new Map<string, Waiting>();
  #underway = new Map<string, number>();
  #asked = "";
  #stop = (): void => undefined;

  connectedCallback(): void {
    this.#stop = onProgress((progress) => {
      if (progress.step === "paused") this.#show("[data-signed-out]", true);
      void this.#load();
    });
    document.addEventListener("click", this.#clicked);
    this.#wayBack();
    void this.#load().then(() => startSending(this.#user));
  }

  disconnectedCallback(): void {
    this.#stop();
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
    const { drafts, rows, others } = this.#here;
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
    this.#show("[data-none]", wait.length === 0);
    this.#show("[data-others]", others);
    this.#show("[data-retry-all]", wait.length > 0);
    this.#show("[data-opens=export]", rows.length + drafts.length > 0);
    this.#show(".dock", rows.length + drafts.length > 0);
  }

  #row(row: Waiting): HTMLElement {
    return waitingRow(row, (id, sha256) => this.#underway.get(`${id}/${sha256}`) ?? null);
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
    if ("retryAll" in on.dataset || on.dataset.deed === "retry") void this.#retry();
    else if (on.dataset.deed === "throw_away") this.#ask(id);
    else if ("throwAway" in on.dataset) void this.#throwAway(on);
    else if ("export" in on.dataset) void this.#export(on);
  };

  async #retry(): Promise<void> {
    await retryAll();
    await this.#load();
  }

  #ask(id: string): void {
    this.#asked = id;
    const row = this.#seen.get(id);
    const dialog = document.querySelector<HTMLDialogElement>("#throw-away");
    const what = dialog?.querySelector<HTMLElement>("[data-what]");
    if (!row || !dialog || !what) return;
    what.textContent = titleOf(row);
    what.classList.toggle("q", row.literal);
    dialog.showModal();
  }

  async #throwAway(on: HTMLElement): Promise<void> {
    on.closest("dialog")?.close();
    if (await discardRefused(this.#asked, this.#user).catch(() => false)) this.#seen.delete(this.#asked);
    await this.#load();
  }

  async #export(on: HTMLElement): Promise<void> {
    const file = await exportFile(this.#user).catch(() => null);
    this.#show("[data-not-exported]", !file);
    if (!file) return;
    on.closest("dialog")?.close();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = exportName();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
