import { opened, type Question, written } from "../lib/passkeys";

const FRESH = 240_000;

/** `<passkey-form question="/…" hidden>` around a form with the fields `credential` and `ticket`: shows itself where the
 *  browser knows passkeys, asks for one when the form is sent, and sends it. `creates` makes a new one; `autofill` also
 *  offers the ones of this device in the address field. `data-without` on the page is for browsers that know none. */
class PasskeyForm extends HTMLElement {
  #offering: AbortController | undefined;
  #form: HTMLFormElement | null = null;

  connectedCallback(): void {
    if (!("PublicKeyCredential" in window)) return;
    this.hidden = false;
    for (const other of document.querySelectorAll<HTMLElement>("[data-without-passkeys]")) other.hidden = true;
    this.#form = this.querySelector("form");
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#prove();
    });
    if (this.hasAttribute("autofill")) void this.#offer();
  }

  disconnectedCallback(): void {
    this.#offering?.abort();
  }

  async #prove(): Promise<void> {
    this.#offering?.abort();
    this.#say("");
    const button = this.querySelector("button");
    button?.setAttribute("aria-busy", "true");
    try {
      const asked = await this.#question();
      const options = opened(asked.publicKey) as never;
      const given = this.hasAttribute("creates")
        ? await navigator.credentials.create({ publicKey: options })
        : await navigator.credentials.get({ publicKey: options });
      this.#send(given, asked.ticket);
    } catch (refused) {
      this.#say(refused instanceof DOMException && refused.name === "InvalidStateError" ? "there" : "stopped");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  /** In the address field of the browser itself. Asked anew before the server's question runs out. */
  async #offer(): Promise<void> {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const offering = new AbortController();
    this.#offering = offering;
    const again = setTimeout(() => {
      offering.abort();
      void this.#offer();
    }, FRESH);
    try {
      const asked = await this.#question();
      const publicKey = opened(asked.publicKey) as never;
      const given = await navigator.credentials.get({ publicKey, mediation: "conditional", signal: offering.signal });
      this.#send(given, asked.ticket);
    } catch {
      // Not chosen, or without a connection: the button and the password are still there.
    }
    if (offering.signal.aborted) clearTimeout(again);
  }

  async #question(): Promise<Question> {
    const answer = await fetch(this.getAttribute("question") ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  #send(given: Credential | null, ticket: string): void {
    const form = this.#form;
    if (!form || !(given instanceof PublicKeyCredential)) return;
    (form.elements.namedItem("credential") as HTMLInputElement).value = written(given);
    (form.elements.namedItem("ticket") as HTMLInputElement).value = ticket;
    form.submit();
  }

  #say(what: string): void {
    for (const line of this.querySelectorAll<HTMLElement>("[data-say]")) line.hidden = line.dataset.say !== what;
  }
}

customElements.define("passkey-form", PasskeyForm);
