/** Around a form of filters: a change sends the form. Its `.without-script` button hides by style. */
class AutoSubmit extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.#send);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.#send);
  }

  #send = (event: Event): void => {
    if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
    this.querySelector("form")?.requestSubmit();
  };
}

customElements.define("auto-submit", AutoSubmit);
