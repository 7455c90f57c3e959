import { icon } from "../lib/icons";
import { quoted } from "../lib/quotes";
import { word } from "../lib/words";
import { phoneUser } from "../offline/meta";
import { outboxOf } from "../offline/outbox";
import { keptPages } from "../offline/pages";
import { answers } from "../offline/posting";
import { addressOf, draftsOf } from "../offline/drafts";
import type { Draft, KeptPage } from "../offline/shapes";

/** `<offline-page>`: what this phone has of who is signed in on it, and nobody else. */
class OfflinePage extends HTMLElement {
  connectedCallback(): void {
    void this.#fill().catch(() => undefined);
    // A network is not yet our server: who is reading here is not sent round in a circle.
    addEventListener("online", () => void answers().then((there) => there && location.reload()));
  }

  async #fill(): Promise<void> {
    const user = await phoneUser();
    const pages = await keptPages();
    const waiting = user ? (await outboxOf(user.id)).filter((row) => row.state !== "sent") : [];
    const over = new Set(waiting.filter((row) => row.kind === "closure").map((row) => row.safari_id));
    const safaris = pages.filter((page) => page.safari_id && page.path === `/safaris/${page.safari_id}`);
    const open = safaris.filter((page) => !over.has(page.safari_id));
    const drafts = user ? (await Promise.all(safaris.map((page) => draftsOf(user.id, page.safari_id)))).flat() : [];
    this.#list("[data-safaris]", open.map(safariRow));
    this.#list("[data-drafts]", drafts.map(draftRow));
    this.#show("[data-more]", waiting.length > 0);
    this.#show("[data-outbox]", waiting.length > 0);
    const count = this.querySelector("[data-waiting]");
    if (count) count.textContent = waiting.length === 1 ? word("things_one") : word("things", { n: waiting.length });
    this.#show("[data-new]", pages.some((page) => page.path === "/safaris/new"));
    this.#show("[data-none]", !open.length);
  }

  #list(where: string, rows: HTMLElement[]): void {
    this.#show(where, rows.length > 0);
    this.querySelector(`${where} ul`)?.replaceChildren(...rows);
  }

  #show(where: string, on: boolean): void {
    const part = this.querySelector<HTMLElement>(where);
    if (part) part.hidden = !on;
  }
}

function safariRow(page: KeptPage): HTMLElement {
  const place = new DOMParser().parseFromString(page.html, "text/html").querySelector("h1")?.textContent ?? "";
  return row(page.path, "helm", place, "");
}

function draftRow(draft: Draft): HTMLElement {
  const text = draft.headline && draft.literal ? quoted(draft.headline) : draft.headline || word("no_words");
  const time = draft.held_at.slice(11, 16).replace(":", ".");
  const small = word("at", { kind: word(draft.kind), time });
  return row(addressOf(draft), "pencil", text, small);
}

function row(address: string, sign: string, title: string, small: string): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const what = document.createElement("span");
  const name = document.createElement("b");
  const more = document.createElement("small");
  link.className = "row";
  link.href = address;
  what.className = "what";
  name.textContent = title;
  more.textContent = small;
  what.append(name, ...(small ? [more] : []));
  link.append(icon(sign), what, icon("right"));
  item.append(link);
  return item;
}

customElements.define("offline-page", OfflinePage);
