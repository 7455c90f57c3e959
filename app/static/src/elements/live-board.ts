import { bring } from "../lib/bringing";

/** Seconds of one stream; the server then asks again who listens. */
const SECONDS = 300;
const AGAIN = 30_000;
const SOON = 30;
/** With more cards than this at once, all columns are fetched. */
const MANY = 20;

/** A card in somebody's hand is not pulled away, neither before its columns are asked for nor when they come in. */
function inHand(): boolean {
  return document.querySelector(".sortable-chosen, #drag.htmx-request") !== null;
}

/** `<live-board data-url data-since>` around a board: hears from the server which cards changed, fetches their columns
 *  and puts them in place. Only while somebody looks: a tab in the background has no stream. */
export class LiveBoard extends HTMLElement {
  #source: EventSource | null = null;
  #last = "";
  #ids = new Set<string>();
  #timer = 0;
  #fetching = false;

  connectedCallback(): void {
    document.addEventListener("visibilitychange", this.#turn);
    addEventListener("pagehide", this.#close);
    addEventListener("pageshow", this.#turn);
    this.#turn();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#turn);
    removeEventListener("pagehide", this.#close);
    removeEventListener("pageshow", this.#turn);
    this.#close();
  }

  #turn = (): void => {
    if (document.visibilityState === "visible") this.#open();
    else this.#close();
  };

  #close = (): void => {
    this.#source?.close();
    this.#source = null;
  };

  #open(): void {
    if (this.#source) return;
    const since = encodeURIComponent(this.#last || (this.dataset["since"] ?? ""));
    const source = new EventSource(`/actions/live?seconds=${SECONDS}&since=${since}`);
    source.addEventListener("ready", ({ lastEventId }) => {
      this.#last = lastEventId;
      this.toggleAttribute("live", true);
    });
    source.addEventListener("changed", ({ data, lastEventId }) => {
      this.#last = lastEventId;
      for (const id of JSON.parse(data as string) as string[]) this.#ids.add(id);
      this.#soon(SOON);
    });
    // Signed out, or too many boards open: it goes on when somebody looks here again.
    source.addEventListener("over", this.#close);
    source.addEventListener("error", () => {
      this.toggleAttribute("live", false);
      if (source.readyState !== EventSource.CLOSED) return;
      this.#close();
      setTimeout(this.#turn, AGAIN);
    });
    this.#source = source;
  }

  #soon(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#refresh(), after);
  }

  async #refresh(): Promise<void> {
    if (this.#fetching || this.#ids.size === 0) return;
    if (inHand()) return this.#soon(300);
    const ids = this.#ids;
    this.#ids = new Set();
    this.#fetching = true;
    try {
      const answer = await fetch(this.#url(ids), { headers: { "klantsafari-user": document.body.dataset["user"] ?? "" } });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (inHand()) {
        for (const id of ids) this.#ids.add(id);
        return this.#soon(300);
      }
      bring(fresh, ids);
      this.dispatchEvent(new CustomEvent("fresh-parts", { bubbles: true }));
    } catch {
      // No connection: the stream says so too, and begins again where it was.
      for (const id of ids) this.#ids.add(id);
      return this.#soon(AGAIN);
    } finally {
      this.#fetching = false;
    }
    if (this.#ids.size) this.#soon(SOON);
  }

  #url(ids: ReadonlySet<string>): URL {
    const url = new URL(this.dataset["url"] ?? "", location.href);
    if (ids.has("") || ids.size > MANY) return url;
    for (const id of ids) {
      url.searchParams.append("ids", id);
      const column = document.getElementById(`action-${id}`)?.closest(".col");
      if (column) url.searchParams.append("touched", column.id.replace("col-", ""));
    }
    return url;
  }
}

customElements.define("live-board", LiveBoard);
