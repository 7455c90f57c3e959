import { keepDraft } from "../offline/drafts";
import { isFull } from "../offline/store";
import type { Draft } from "../offline/shapes";

const WAIT = 400;

export type SaveState = "draft" | "kept" | "failed";

/** Keeps a draft on the phone a moment after each change, and says only what is true. */
export class Autosave {
  #timer = 0;
  #dirty = false;
  #stopped = false;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly collect: () => Draft,
    private readonly report: (state: SaveState, full?: boolean) => void,
  ) {}

  touch(): void {
    if (this.#stopped) return;
    this.#dirty = true;
    this.report("draft");
    // Not put off by the next letter: who types on and on is saved too.
    this.#timer ||= window.setTimeout(() => void this.flush(), WAIT);
  }

  /** Resolves to whether the phone has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#dirty && !this.#stopped) {
      this.#dirty = false;
      const draft = this.collect();
      this.#last = this.#last.catch(() => undefined).then(() => (this.#stopped ? undefined : keepDraft(draft)));
    }
    try {
      await this.#last;
    } catch (error) {
      this.#dirty = true;
      this.report("failed", isFull(error));
      return false;
    }
    if (!this.#dirty && !this.#stopped) this.report("kept");
    return true;
  }

  /** From here on the note is frozen, or thrown away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#last.catch(() => undefined);
  }
}
