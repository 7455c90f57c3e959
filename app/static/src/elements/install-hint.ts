import { onSaved } from "../lib/busy";
import { define } from "../lib/define";
import { install, onWay, way } from "../lib/installing";
import { meta, setMeta } from "../offline/meta";
import { anyUnsent, savedAny } from "../offline/persisting";

const OFTEN_ENOUGH = 3;
const TOLD = "told_install";

/** `<install-hint>`: how to put Klantsafari on this phone's home screen, once something was saved on it.
 *  Three times at most; with `always` as long as something waits here. */
class InstallHint extends HTMLElement {
  #counted = false;

  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const on = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
      if (on && "install" in on.dataset) void install();
      if (on && "notNow" in on.dataset) void this.#enough();
    });
    onWay(() => void this.#decide());
    onSaved(() => void this.#decide());
    void this.#decide();
  }

  async #decide(): Promise<void> {
    const now = way();
    this.hidden = !["prompt", "ios"].includes(now) || !(await this.#due().catch(() => false));
    for (const part of this.querySelectorAll<HTMLElement>("[data-way]")) part.hidden = part.dataset.way !== now;
  }

  async #due(): Promise<boolean> {
    const user = document.body.dataset.user ?? "";
    if (this.hasAttribute("always")) return anyUnsent(user);
    if (this.#counted) return !this.hidden;
    const told = (await meta<number>(TOLD)) ?? 0;
    if (told >= OFTEN_ENOUGH || !(await savedAny(user))) return false;
    this.#counted = true;
    await setMeta(TOLD, told + 1);
    return true;
  }

  async #enough(): Promise<void> {
    this.hidden = true;
    await setMeta(TOLD, OFTEN_ENOUGH);
  }
}

define("install-hint", InstallHint);
