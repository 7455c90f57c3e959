/** `<copy-link value="https://…">` with a button and a hidden `[data-done]` line inside. */
class CopyLink extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => void this.#copy());
  }

  async #copy(): Promise<void> {
    const done = this.querySelector<HTMLElement>("[data-done]");
    try {
      await navigator.clipboard.writeText(this.getAttribute("value") ?? "");
      if (done) done.hidden = false;
    } catch {
      // Without permission or TLS there is no clipboard: select the address so a person can copy it.
      this.querySelector("input")?.select();
    }
  }
}

customElements.define("copy-link", CopyLink);
