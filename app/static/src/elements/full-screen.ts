/** Around a button that lets the page fill the screen; hidden where a browser cannot. */
class FullScreen extends HTMLElement {
  connectedCallback(): void {
    this.hidden = !document.fullscreenEnabled;
    this.addEventListener("click", () => void document.documentElement.requestFullscreen());
    document.addEventListener("fullscreenchange", () => {
      this.hidden = !document.fullscreenEnabled || document.fullscreenElement !== null;
    });
  }
}

customElements.define("full-screen", FullScreen);
