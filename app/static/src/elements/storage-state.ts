import { define } from "../lib/define";
import { way } from "../lib/installing";
import { persist } from "../offline/persisting";

/** `<storage-state>`: does this phone keep what is on it, or may it wipe that by itself? */
class StorageState extends HTMLElement {
  connectedCallback(): void {
    void this.#look();
  }

  async #look(): Promise<void> {
    const kept = await persist(document.body.dataset.user ?? "").catch(() => false);
    // On the home screen nothing is wiped, whatever the browser says of itself.
    const safe = kept || way() === "done";
    for (const line of this.querySelectorAll<HTMLElement>("[data-storage]")) {
      line.hidden = line.dataset.storage !== (safe ? "kept" : "at-risk");
    }
    this.hidden = false;
  }
}

define("storage-state", StorageState);
