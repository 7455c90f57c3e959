import { icon } from "../lib/icons";
import { quoted } from "../lib/quotes";
import { word } from "../lib/words";
import { draftsOf } from "../offline/drafts";
import { outboxOf } from "../offline/outbox";
import { onProgress, type Progress, retryAll, startSending } from "../offline/sending";
import type { Draft, Errand, Waiting } from "../offline/shapes";

/** `<unsent-notes safari user>`: what this phone has and the server has not, on top of the list on the field screen. */
class UnsentNotes extends HTMLElement {
  #rows = new Map<string, Waiting>();
  #steps = new Map<string, Progress["step"]>();
  #drafts: Draft[] = [];
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
      const waiting = (await outboxOf(this.#user)).filter((row) => row.safari_id === safari);
      // What was sent while you look stays in sight, as sent.
      for (const row of waiting) this.#rows.set(row.id, row);
      this.#drafts = await draftsOf(this.#user, safari);
    } catch {
      return;
    }
    this.#render();
  }

  #render(): void {
    const here = new Set([...document.querySelectorAll<HTMLElement>("[data-note]")].map((row) => row.dataset.note));
    const rows = [...this.#rows.values()].filter((row) => !here.has(row.id)).reverse();
    const list = document.createElement("ul");
    list.className = "recs";
    list.append(...this.#drafts.reverse().map((draft) => this.#draft(draft)), ...rows.map((row) => this.#row(row)));
    this.replaceChildren(...(list.children.length ? [list] : []));
    for (const nothing of document.querySelectorAll<HTMLElement>("[data-nothing]")) nothing.hidden = list.children.length > 0;
    const talks = rows.filter((row) => row.kind === "interview" && !row.declined).length;
    for (const counter of document.querySelectorAll<HTMLElement>("[data-talks]")) count(counter, talks);
  }

  #draft(draft: Draft): HTMLElement {
    const item = shell(draft);
    const link = document.createElement("a");
    const folder = draft.kind === "interview" ? "interviews" : "observations";
    link.href = `/safaris/${draft.safari_id}/${folder}/new?draft=${draft.id}`;
    link.textContent = draft.headline ? said(draft.headline, draft.literal) : word("continue");
    item.querySelector(".t")?.append(link);
    item.querySelector(".t")?.classList.toggle("q", draft.literal);
    item.querySelector(".m")?.append(state("pencil", word("draft")));
    return item;
  }

  #row(row: Waiting): HTMLElement {
    const item = shell(row);
    const text = row.headline || word(row.declined ? "declined" : row.attachments[0]?.kind ?? "no_words");
    const title = item.querySelector(".t");
    title?.append(said(text, row.literal));
    title?.classList.toggle("q", row.literal);
    const line = item.querySelector(".m");
    const step = this.#steps.get(row.id);
    if (step === "sent") line?.append(state("cloud-check", word("sent"), "sent"));
    else if (step === "paused") line?.append(state("device", word("signed_out")), signIn());
    else if (row.state === "failed") line?.append(state("alert", `${word("failed")} ${row.last_error}`, "failed"), retry());
    else line?.append(state("device", word("waiting")));
    return item;
  }
}

function said(text: string, literal: boolean): string {
  return literal ? quoted(text) : text;
}

function shell({ id, kind, held_at }: { id: string; kind: Errand; held_at: string }): HTMLElement {
  const item = document.createElement("li");
  const sign = document.createElement("span");
  const title = document.createElement("p");
  const line = document.createElement("p");
  const words = document.createElement("span");
  item.className = `rec ${kind === "interview" ? "talk" : "obs"}`;
  item.dataset.unsent = id;
  sign.className = "ico";
  sign.append(icon(kind === "interview" ? "talk" : "binoculars"));
  title.className = "t";
  line.className = "m";
  words.textContent = word("at", { kind: word(kind), time: held_at.slice(11, 16).replace(":", ".") });
  line.append(words);
  item.append(sign, title, line);
  return item;
}

function state(sign: string, text: string, classes = ""): HTMLElement {
  const line = document.createElement("span");
  line.className = `state ${classes}`.trim();
  line.append(icon(sign), text);
  return line;
}

function retry(): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.dataset.retry = "";
  button.textContent = word("retry");
  return button;
}

function signIn(): HTMLElement {
  const link = document.createElement("a");
  link.className = "btn btn-quiet";
  link.href = `/login?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = word("sign_in");
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
