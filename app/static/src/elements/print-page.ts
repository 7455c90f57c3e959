/** Around a button that prints the page; without script there is nothing to press. */
class PrintPage extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", () => window.print());
  }
}

customElements.define("print-page", PrintPage);
