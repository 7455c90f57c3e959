import { word } from "../lib/words";
import { must } from "./capture-fields";

const WIDE = "(min-width: 900px)";

interface Place {
  screen: number;
  from?: number;
}

/** One screen at a time on a phone, with the browser's own "back"; everything under each other on a wide screen. */
export class Steps {
  readonly screens: HTMLElement[];
  now = 0;
  #wide = matchMedia(WIDE);

  constructor(
    private readonly host: HTMLElement,
    private readonly entered: (screen: number) => void,
  ) {
    this.screens = [...host.querySelectorAll<HTMLElement>("[data-screen]")];
    this.#wide.addEventListener("change", () => this.render());
    addEventListener("popstate", (event: PopStateEvent) => {
      const place = event.state as Place | null;
      if (place && this.stepped) this.#go(place.screen);
    });
  }

  get stepped(): boolean {
    return this.screens.length > 1 && !this.#wide.matches;
  }

  get kind(): string {
    return this.stepped ? (this.screens[this.now]?.dataset.screen ?? "") : "list";
  }

  begin(screen: number): void {
    history.replaceState({ screen }, "");
    this.now = Math.min(Math.max(screen, 0), this.screens.length - 1);
    this.render();
  }

  /** On to the next; but who came from the last look to change one thing goes straight back there. */
  next(): void {
    const last = this.screens.length - 1;
    const changing = (history.state as Place | null)?.from === last;
    this.jump(changing ? last : this.now + 1);
  }

  jump(screen: number): void {
    if (!this.stepped) {
      this.screens[screen]?.scrollIntoView();
      this.#focus(screen);
      return;
    }
    if (screen === this.now || !this.screens[screen]) return;
    history.pushState({ screen, from: this.now } satisfies Place, "");
    this.#go(screen);
  }

  back(): void {
    const place = history.state as Place | null;
    if (place?.from === this.now - 1) return history.back();
    history.replaceState({ screen: this.now - 1 }, "");
    this.#go(this.now - 1);
  }

  #go(screen: number): void {
    this.now = Math.min(Math.max(screen, 0), this.screens.length - 1);
    this.entered(this.now);
    this.render();
    scrollTo(0, 0);
    this.#focus(this.now);
  }

  #focus(screen: number): void {
    this.screens[screen]?.querySelector<HTMLElement>("[tabindex='-1']")?.focus({ preventScroll: this.stepped });
  }

  render(): void {
    this.host.setAttribute("mode", this.stepped ? "steps" : "list");
    this.screens.forEach((screen, i) => screen.toggleAttribute("data-now", this.stepped && i === this.now));
    this.#bars();
    this.#head();
  }

  #bars(): void {
    const wish = this.host.querySelector<HTMLInputElement>('[name="call_back"][value="yes"]');
    const bar = this.kind === "call-back" && wish?.checked ? "contact" : this.kind;
    for (const found of this.host.querySelectorAll<HTMLElement>("[data-bar]")) found.hidden = found.dataset.bar !== bar;
  }

  #head(): void {
    const head = this.screens[this.now]?.dataset.head;
    if (!this.stepped || !head) return;
    const short = this.screens[this.now]?.dataset.short;
    must(this.host, "[data-head].step").textContent = head;
    document.title = word("titled", { title: short ? `${head}: ${short}` : head });
    const questions = this.screens.filter((screen) => screen.dataset.screen === "question");
    const at = questions.indexOf(this.screens[this.now] as HTMLElement);
    const done = at >= 0 ? at : this.now === 0 ? 0 : questions.length;
    this.host.querySelectorAll("[data-trail] > i").forEach((dot, i) => {
      dot.className = i === at ? "now" : i < done ? "done" : "";
    });
  }
}
