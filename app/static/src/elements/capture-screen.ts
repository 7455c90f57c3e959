import { icon } from "../lib/icons";
import { word } from "../lib/words";
import type { SaveState } from "./capture-autosave";
import { must } from "./capture-fields";

const STATES: Record<SaveState, [string, string]> = {
  draft: ["pencil", "draft"],
  kept: ["device", "on_device"],
  failed: ["alert", "not_saved"],
};
const ENDS: Record<string, string> = { sent: "cloud-check", failed: "alert", signed_out: "alert", on_device: "device" };

/** What the capture page says about the note: where it is, what is missing, and that it is done. */
export class Screen {
  constructor(private readonly host: HTMLElement) {}

  /** `full`: there is no room on the phone, which its owner can do something about. */
  saved(state: SaveState, full = false): void {
    const line = must<HTMLElement>(this.host, "[data-state]");
    const [sign, words] = STATES[state];
    line.classList.toggle("failed", state === "failed");
    line.replaceChildren(icon(sign, "i-s"), word(words));
    const why = full ? "storage_full" : navigator.onLine ? "storage_broken" : "storage_offline";
    this.trouble(state === "failed" ? word(why) : null);
  }

  trouble(text: string | null): void {
    const notice = must<HTMLElement>(this.host, "[data-trouble]");
    notice.hidden = text === null;
    must(notice, "[data-trouble-words]").textContent = text;
    if (text) notice.scrollIntoView({ block: "nearest" });
  }

  /** Shows the message beside that field and hides the others; gives the screen on which it stands. */
  problem(field: string | null): HTMLElement | null {
    let found: HTMLElement | null = null;
    for (const line of this.host.querySelectorAll<HTMLElement>("[data-problem-for]")) {
      line.hidden = line.dataset.problemFor !== field;
      if (!line.hidden) found = line;
    }
    found?.scrollIntoView({ block: "center" });
    found?.closest(".field, .ask")?.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
    return found?.closest<HTMLElement>("[data-screen]") ?? null;
  }

  done(state: string): void {
    const part = must<HTMLElement>(this.host, "[data-done]");
    const first = part.hidden;
    part.hidden = false;
    this.host.toggleAttribute("done", true);
    const line = must<HTMLElement>(part, "[data-done-state]");
    line.className = `state ${state === "sent" ? "sent" : state === "failed" ? "failed" : ""}`.trim();
    line.replaceChildren(icon(ENDS[state] ?? "device", "i-s"), word(state));
    if (!first) return;
    must(this.host, "h1").textContent = word(this.host.getAttribute("kind") ?? "interview");
    scrollTo(0, 0);
    must<HTMLElement>(part, "[tabindex='-1']").focus();
  }

  reset(): void {
    must<HTMLElement>(this.host, "[data-done]").hidden = true;
    this.host.toggleAttribute("done", false);
    this.trouble(null);
    const line = must<HTMLElement>(this.host, "[data-state]");
    line.classList.remove("failed");
    line.replaceChildren(icon("pencil", "i-s"), word("draft"));
  }
}
