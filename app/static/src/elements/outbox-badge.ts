import { define } from "../lib/define";
import { icon } from "../lib/icons";
import { filled } from "../lib/words";
import { hereFor, unsent } from "../offline/here";
import { onProgress } from "../offline/sending";
import { made, moment } from "./outbox-parts";

/** `<outbox-badge user from>`: how many things still wait and since when, as a link to all of them.
 *  Nothing at all when nothing waits. `from` is the safari to come back to. */
class OutboxBadge extends HTMLElement {
  #stop = (): void => undefined;

  connectedCallback(): void {
    this.#stop = onProgress(() => void this.#draw());
    addEventListener("pageshow", this.#again);
    void this.#draw();
  }

  disconnectedCallback(): void {
    this.#stop();
    removeEventListener("pageshow", this.#again);
  }

  #again = (): void => void this.#draw();

  async #draw(): Promise<void> {
    const here = await hereFor(this.getAttribute("user") ?? "").catch(() => null);
    const wait = unsent(here?.rows ?? []);
    const [oldest, failed] = [wait[0], wait.filter((row) => row.state === "failed").length];
    if (!oldest) return this.replaceChildren();
    const when = moment(oldest.held_at, (day, values) => filled(this.dataset[day] ?? "", values));
    const parts = [filled(this.dataset.waits ?? "", { n: wait.length, when })];
    if (failed) parts.push(filled(this.dataset.failed ?? "", { n: failed }));
    const link = made("a", failed ? "to-outbox failed" : "to-outbox", icon(failed ? "alert" : "device", "i-s"), parts.join(", "));
    const from = this.getAttribute("from");
    link.href = from ? `/outbox?from=${from}` : "/outbox";
    this.replaceChildren(link);
  }
}

define("outbox-badge", OutboxBadge);
