import { icon } from "../lib/icons";
import { word } from "../lib/words";
import { blobOf, dropBlob, keepBlob } from "../offline/blobs";
import { hasRoom, MOST_BYTES, MOST_FILES, smaller } from "../offline/pictures";
import type { Attachment } from "../offline/shapes";
import { must } from "./capture-fields";
import { keptRow } from "./capture-kept";
import { Voice, type VoicePlace } from "./capture-voice";

/** The draft that the files belong to; `saved` keeps it and says whether the phone has it. */
export interface MediaHost {
  draft: { id: string; user_id: string; attachments: Attachment[] };
  saved: () => Promise<boolean>;
  failed: () => void;
}

const PROBLEMS: Record<string, string> = {
  EncodingError: "photo_odd",
  TooLargeError: "photo_large",
  QuotaExceededError: "photo_full",
};

/** Makes two file boxes into a camera button and a recorder; files are on the phone before they are shown. */
export class CaptureMedia extends HTMLElement implements VoicePlace {
  host: MediaHost | null = null;
  #voice!: Voice;

  connectedCallback(): void {
    const photos = must<HTMLInputElement>(this, "#photos");
    const voice = must<HTMLInputElement>(this, "#voice");
    const label = must<HTMLElement>(this, "[data-photo]");
    label.append(photos);
    photos.addEventListener("change", () => void this.#take([...(photos.files ?? [])], photos, "photo"));
    voice.addEventListener("change", () => void this.#take([...(voice.files ?? [])], voice, "voice"));
    this.#voice = new Voice(this);
    this.#ask([]);
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
      this.problem(null);
      for (const file of files) whole = (await this.#keep(file, kind)) && whole;
      if (whole) box.value = "";
    });
    return this.busy;
  }

  /** False when the phone keeps nothing at all: the file then stays in its box, for a plain post. */
  async #keep(file: Blob, kind: Attachment["kind"]): Promise<boolean> {
    const { host } = this;
    // Text first: a photo that does not fit must not keep what was typed from being saved.
    if (!host || !(await host.saved())) return false;
    if (!(await this.roomFor(kind))) return true;
    try {
      const { bytes, type } = kind === "photo" ? await smaller(file) : { bytes: await file.arrayBuffer(), type: file.type };
      if (bytes.byteLength > MOST_BYTES) throw new DOMException("", "TooLargeError");
      await this.add(await keepBlob(host.draft.id, host.draft.user_id, bytes, kind, type));
    } catch (error) {
      const known = PROBLEMS[error instanceof DOMException ? error.name : ""];
      if (!known) host.failed();
      else this.problem(kind === "photo" ? known : known === "photo_large" ? "voice_large" : "voice_full");
      return Boolean(known);
    }
    return true;
  }

  async roomFor(kind: Attachment["kind"]): Promise<boolean> {
    const many = (this.host?.draft.attachments.length ?? 0) >= MOST_FILES;
    if (many) this.problem("too_many");
    else if (kind === "voice" && !(await hasRoom())) this.problem("voice_full");
    else return true;
    return false;
  }

  /** The draft names the file before the screen shows it. */
  async add(kept: Attachment): Promise<void> {
    const { host } = this;
    if (!host) return;
    if (!host.draft.attachments.some((other) => other.sha256 === kept.sha256)) host.draft.attachments.push(kept);
    if (!(await host.saved())) throw new DOMException("", "DataError");
    await this.show();
  }

  box(sound: Blob): void {
    const box = new DataTransfer();
    box.items.add(new File([sound], "opname", { type: sound.type }));
    must<HTMLInputElement>(this, "#voice").files = box.files;
    this.host?.failed();
  }

  /** Stops a running recording and waits until everything is on the phone. */
  async finish(): Promise<void> {
    await this.#voice.finish();
    await this.busy;
  }

  /** What was recorded before the page, the browser or the phone stopped. */
  recover(): void {
    this.busy = this.busy.then(() => this.#voice.recover()).catch(() => this.host?.failed());
  }

  problem(code: string | null): void {
    const line = must<HTMLElement>(this, "[data-problem]");
    line.hidden = code === null;
    line.replaceChildren(...(code === null ? [] : [icon("alert"), word(code, { most: MOST_FILES })]));
    if (code !== null) line.scrollIntoView({ block: "center" });
  }

  /** What the customer is asked about a photo or a recording, once there is one. */
  #ask(files: Attachment[]): void {
    for (const asked of this.querySelectorAll<HTMLElement>("[data-asks]")) {
      asked.hidden = !files.some(({ kind }) => kind === asked.dataset.asks);
    }
  }

  async show(): Promise<void> {
    const { host } = this;
    if (!host) return;
    const { attachments, id } = host.draft;
    this.#ask(attachments);
    const drop = (file: Attachment): void => {
      attachments.splice(attachments.indexOf(file), 1);
      void host.saved().then((saved) => (saved ? dropBlob(id, file.sha256) : undefined)).then(() => this.show());
    };
    const rows = await Promise.all(
      attachments.map(async (file, i) => keptRow(file, `${word(file.kind)} ${i + 1}`, await blobOf(id, file.sha256), drop)),
    );
    must(this, "[data-kept]").replaceChildren(...rows);
  }
}

customElements.define("capture-media", CaptureMedia);
