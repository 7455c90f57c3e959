/** Buttons with `data-step` beside a number input; without script they stay hidden and the input works alone. */
class NumberStepper extends HTMLElement {
  connectedCallback(): void {
    for (const button of this.querySelectorAll<HTMLButtonElement>("button[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.#step(Number(button.dataset.step)));
    }
  }

  #step(by: number): void {
    const input = this.querySelector("input");
    if (!input) return;
    if (by > 0) input.stepUp(by);
    else input.stepDown(-by);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("number-stepper", NumberStepper);
