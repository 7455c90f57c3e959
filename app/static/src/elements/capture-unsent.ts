import { word } from "../lib/words";
import { addressOf, draftsOf } from "../offline/drafts";
import { outboxOf } from "../offline/outbox";
import { onProgress, type Progress, retryAll, startSending } from "../offline/sending";
import type { Draft, Waiting } from "../offline/shapes";
import { made, said, shell, state, titled } from "./outbox-parts";
import { reasonOf } from "./outbox-remedy";
import { titleOf } from "./outbox-row";

const FULL = 3;

/** `<unsent-notes safari user>`: what this phone has and the server has not, on top of the list on the field screen. */
class UnsentNotes extends HTMLElement {
  #rows = new Map<string, Waiting>();
  #steps = new Map<string, Progress["step"]>();
  #drafts: Draft[] = [];
  #earlier: Set<string> | null = null;
  #stop = (): void => undefined;

  connectedCallback(): void {
    this.#stop = onProgress(({ id, step }) => {
      this.#steps.set(id, step);
      void this.#load();
    });
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-retry]")) void retryAll().then(() => this.#load());
    });
    void this.#load().then(() => startSending(this.#user));
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  get #user(): string {
    return this.getAttribute("user") ?? "";
  }

  async #load(): Promise<void> {
    try {
      const safari = this.getAttribute("safari") ?? "";
      const here = (await outboxOf(this.#user)).filter((row) => row.safari_id === safari);
      this.#earlier ??= new Set(here.filter((row) => row.state === "sent").map((row) => row.id));
      // What was sent while you look stays in sight, as sent.
      for (const row of this.#rows.values()) this.#rows.set(row.id, { ...row, state: "sent" });
      for (const row of here) this.#rows.set(row.id, row);
      this.#drafts = await draftsOf(this.#user, safari);
    } catch {
      return;
    }
    this.#render();
  }

  #render(): void {
    const there = new Set([...document.querySelectorAll<HTMLElement>("[data-note]")].map((row) => row.dataset.note));
    // A full list of the server shows only the last: what was sent before is in its count, though not in its rows.
    const full = document.querySelectorAll("li[data-note]").length >= FULL;
    const told = (id: string): boolean => there.has(id) || (full && this.#earlier?.has(id) === true);
    const rows = [...this.#rows.values()].filter((row) => !told(row.id)).reverse();
    const list = made("ul", "recs");
    list.append(...this.#drafts.reverse().map((draft) => draftLine(draft)), ...rows.map((row) => this.#row(row)));
    this.replaceChildren(...(list.children.length ? [list] : []));
    for (const nothing of document.querySelectorAll<HTMLElement>("[data-nothing]")) nothing.hidden = list.children.length > 0;
    const talks = rows.filter((row) => row.kind === "interview" && !row.declined).length;
    for (const counter of document.querySelectorAll<HTMLElement>("[data-talks]")) count(counter, talks);
  }

  #row(row: Waiting): HTMLElement {
    const item = shell(row, small(row));
    titled(item, titleOf(row), row.literal);
    const line = item.querySelector(".m");
    if (row.state === "sent") line?.append(state("cloud-check", word("sent"), "sent"));
    else if (row.state === "failed") line?.append(state("alert", `${word("failed")} ${reasonOf(row)}`, "failed"), retry(), all(row));
    else if (this.#steps.get(row.id) === "paused") line?.append(state("device", word("signed_out")), signIn());
    else line?.append(state("device", word("waiting")));
    return item;
  }
}

function small({ kind, held_at }: Draft | Waiting): string {
  return word("at", { kind: word(kind), time: held_at.slice(11, 16).replace(":", ".") });
}

function draftLine(draft: Draft): HTMLElement {
  const item = shell(draft, small(draft));
  const link = made("a", "", draft.headline ? said(draft.headline, draft.literal) : word("continue"));
  link.href = addressOf(draft);
  titled(item, link, draft.literal);
  item.querySelector(".m")?.append(state("pencil", word("draft")));
  return item;
}

function retry(): HTMLElement {
  const button = made("button", "btn btn-quiet", word("retry"));
  button.type = "button";
  button.dataset.retry = "";
  return button;
}

function signIn(): HTMLElement {
  const link = made("a", "btn btn-quiet", word("sign_in"));
  link.href = `/login?next=${encodeURIComponent(location.pathname)}`;
  return link;
}

/** There it says what can be done. */
function all(row: Waiting): HTMLElement {
  const link = made("a", "btn btn-quiet", word("what_now"));
  link.href = `/outbox?from=${row.safari_id}`;
  return link;
}

/** `data-talks` is what the server counted, `data-target` how many were wanted. */
function count(counter: HTMLElement, unsent: number): void {
  if (!unsent) return;
  const [talks, target] = [Number(counter.dataset.talks) + unsent, Number(counter.dataset.target)];
  counter.textContent = word(talks > target ? "talks_more" : "talks", { n: talks, m: target });
  const dots = counter.parentElement?.querySelectorAll(".spoor > i") ?? [];
  dots.forEach((dot, i) => dot.classList.toggle("on", i < Math.floor((talks * dots.length) / target)));
}

customElements.define("unsent-notes", UnsentNotes);
