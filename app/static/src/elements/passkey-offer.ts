/** `<passkey-offer hidden>`: only on a device that can keep a passkey behind its own lock. */
class PasskeyOffer extends HTMLElement {
  connectedCallback(): void {
    if ("PublicKeyCredential" in window) void this.#show();
  }

  async #show(): Promise<void> {
    this.hidden = !(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
  }
}

customElements.define("passkey-offer", PasskeyOffer);
