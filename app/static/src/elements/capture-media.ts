import { icon } from "../lib/icons";
import { word } from "../lib/words";
import { blobOf, dropBlob, keepBlob } from "../offline/blobs";
import { MOST_BYTES, smaller } from "../offline/pictures";
import type { Attachment } from "../offline/shapes";
import { must } from "./capture-fields";
import { keptRow } from "./capture-kept";
import { Recorder } from "./capture-recorder";

/** The draft that the files belong to; `changed` keeps it. */
export interface MediaHost {
  draft: { id: string; user_id: string; attachments: Attachment[] };
  changed: () => void;
  failed: () => void;
}

const PROBLEMS: Record<string, string> = {
  EncodingError: "photo_odd",
  TooLargeError: "photo_large",
  QuotaExceededError: "photo_full",
};

/** Makes two file boxes into a camera button and a recorder; files are on the phone before they are shown. */
export class CaptureMedia extends HTMLElement {
  host: MediaHost | null = null;
  #recorder = new Recorder();

  connectedCallback(): void {
    const photos = must<HTMLInputElement>(this, "#photos");
    const voice = must<HTMLInputElement>(this, "#voice");
    const label = must<HTMLElement>(this, "[data-photo]");
    label.append(photos);
    photos.addEventListener("change", () => void this.#take([...(photos.files ?? [])], photos, "photo"));
    voice.addEventListener("change", () => void this.#take([...(voice.files ?? [])], voice, "voice"));
    must(this, "[data-record]").addEventListener("click", () => void this.#record());
    must(this, "[data-stop]").addEventListener("click", () => this.#recorder.stop());
    this.setAttribute("recorder", Recorder.supported ? "yes" : "no");
  }

  opens(with_: string): void {
    const target = with_ === "photo" ? "#photos" : with_ === "voice" ? "[data-record]" : null;
    if (target) must<HTMLElement>(this, target).focus();
  }

  /** While something is still being written down. */
  busy: Promise<void> = Promise.resolve();

  #take(files: File[], box: HTMLInputElement, kind: Attachment["kind"]): Promise<void> {
    this.busy = this.busy.then(async () => {
      let whole = true;
      for (const file of files) whole = (await this.#keep(file, kind)) && whole;
      if (whole) box.value = "";
    });
    return this.busy;
  }

  /** False when the phone keeps nothing at all: the file then stays in its box, for a plain post. */
  async #keep(file: Blob, kind: Attachment["kind"]): Promise<boolean> {
    const { host } = this;
    if (!host) return false;
    try {
      const { bytes, type } = kind === "photo" ? await smaller(file) : { bytes: await file.arrayBuffer(), type: file.type };
      if (bytes.byteLength > MOST_BYTES) throw new DOMException("", "TooLargeError");
      const kept = await keepBlob(host.draft.id, host.draft.user_id, bytes, kind, type);
      if (!host.draft.attachments.some((other) => other.sha256 === kept.sha256)) host.draft.attachments.push(kept);
      this.#problem(null);
      host.changed();
      await this.show();
    } catch (error) {
      const known = PROBLEMS[error instanceof DOMException ? error.name : ""];
      if (!known) host.failed();
      else this.#problem(kind === "photo" ? known : "voice_full");
      return Boolean(known);
    }
    return true;
  }

  async #spoken(sound: Blob): Promise<void> {
    if (!sound.size || (await this.#keep(sound, "voice"))) return;
    const box = new DataTransfer();
    box.items.add(new File([sound], "opname", { type: sound.type }));
    must<HTMLInputElement>(this, "#voice").files = box.files;
  }

  async #record(): Promise<void> {
    const [start, stop] = [must<HTMLElement>(this, "[data-record]"), must<HTMLElement>(this, "[data-stop]")];
    const timer = must(this, "[data-timer]");
    const running = (on: boolean): void => {
      start.hidden = on;
      stop.hidden = !on;
      (on ? stop : start).focus();
    };
    this.host?.changed();
    try {
      await this.#recorder.start(
        (seconds) => {
          timer.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
        },
        (sound) => {
          running(false);
          this.busy = this.busy.then(() => this.#spoken(sound));
        },
      );
      timer.textContent = "0.00";
      this.#problem(null);
      running(true);
    } catch {
      this.setAttribute("recorder", "no");
      this.#problem("no_mic");
    }
  }

  /** Stops a running recording and waits until it is on the phone. */
  async finish(): Promise<void> {
    if (!must<HTMLElement>(this, "[data-stop]").hidden) {
      const stopped = new Promise<void>((done) => {
        new MutationObserver((_, seen) => {
          seen.disconnect();
          done();
        }).observe(must(this, "[data-stop]"), { attributes: true });
      });
      this.#recorder.stop();
      await stopped;
    }
    await this.busy;
  }

  #problem(code: string | null): void {
    const line = must<HTMLElement>(this, "[data-problem]");
    line.hidden = code === null;
    line.replaceChildren(...(code === null ? [] : [icon("alert"), word(code)]));
  }

  async show(): Promise<void> {
    const { host } = this;
    if (!host) return;
    const { attachments, id } = host.draft;
    const drop = (file: Attachment): void => {
      attachments.splice(attachments.indexOf(file), 1);
      host.changed();
      void dropBlob(id, file.sha256).then(() => this.show());
    };
    const rows = await Promise.all(
      attachments.map(async (file, i) => keptRow(file, `${word(file.kind)} ${i + 1}`, await blobOf(id, file.sha256), drop)),
    );
    must(this, "[data-kept]").replaceChildren(...rows);
  }
}

customElements.define("capture-media", CaptureMedia);
