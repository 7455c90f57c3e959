import { define } from "../lib/define";

type State = "on" | "off" | "denied" | "trouble";

/** `<push-switch key="…">`: whether this phone gets messages. The browser asks its question only after a tap. */
class PushSwitch extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("[data-on]")?.addEventListener("click", () => void this.#try(() => this.#on()));
    this.querySelector("[data-off]")?.addEventListener("click", () => void this.#try(() => this.#off()));
    void this.#try(() => this.#look());
  }

  async #try(work: () => Promise<State>): Promise<void> {
    this.#show(await work().catch(() => "trouble" as const));
  }

  async #look(): Promise<State> {
    if (!("PushManager" in window) || Notification.permission === "denied") return "denied";
    return (await this.#subscription()) ? "on" : "off";
  }

  async #on(): Promise<State> {
    if ((await Notification.requestPermission()) !== "granted") return "denied";
    const manager = (await navigator.serviceWorker.ready).pushManager;
    const given = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: this.getAttribute("key") });
    await send("/me/push-subscriptions", given.toJSON());
    return "on";
  }

  async #off(): Promise<State> {
    const given = await this.#subscription();
    if (given) await send("/me/push-subscriptions/removal", { endpoint: given.endpoint });
    await given?.unsubscribe();
    return "off";
  }

  async #subscription(): Promise<PushSubscription | null> {
    const worker = await navigator.serviceWorker.getRegistration();
    return (await worker?.pushManager.getSubscription()) ?? null;
  }

  #show(state: State): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-state]")) part.hidden = part.dataset.state !== state;
    const [on, off] = [this.querySelector<HTMLElement>("[data-on]"), this.querySelector<HTMLElement>("[data-off]")];
    if (on) on.hidden = state === "on" || state === "denied";
    if (off) off.hidden = state !== "on";
  }
}

async function send(address: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}

define("push-switch", PushSwitch);
