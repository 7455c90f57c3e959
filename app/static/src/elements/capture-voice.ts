import { word } from "../lib/words";
import { keepBlob } from "../offline/blobs";
import { MOST_BYTES } from "../offline/pictures";
import type { Attachment } from "../offline/shapes";
import { dropSlices, joined, keepSlice, slicesOf, type Recording } from "../offline/slices";
import { uuid7 } from "../offline/uuid";
import { must } from "./capture-fields";
import type { MediaHost } from "./capture-media";
import { Recorder } from "./capture-recorder";

/** Milliseconds: a page that was just left lets go of its recording by then; another tab that records does not. */
const PATIENCE = 3_000;

/** What the recorder needs of the part of the screen that it stands on. */
export interface VoicePlace extends HTMLElement {
  readonly host: MediaHost | null;
  /** False, and said why, when no file more can be taken. */
  roomFor(kind: Attachment["kind"]): Promise<boolean>;
  problem(code: string | null): void;
  add(kept: Attachment): Promise<void>;
  /** For when the phone keeps nothing: in its box the plain form can still bring it. */
  box(sound: Blob): void;
}

/** "Spreek in": each two seconds are on the phone before the next, whatever becomes of the page. */
export class Voice {
  #recorder = new Recorder();
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly place: VoicePlace) {
    must(place, "[data-record]").addEventListener("click", () => void this.#record());
    must(place, "[data-stop]").addEventListener("click", () => this.#recorder.stop());
    place.setAttribute("recorder", Recorder.supported ? "yes" : "no");
  }

  /** Stops a running recording and waits until it is on the phone. */
  finish(): Promise<void> {
    this.#recorder.stop();
    return this.#ended;
  }

  async #record(): Promise<void> {
    const { host } = this.place;
    if (!host || this.#recorder.running || !(await this.place.roomFor("voice"))) return;
    // The note is on the phone before the microphone opens.
    const stored = await host.saved();
    const recording = uuid7();
    let ready = (): void => undefined;
    this.#ended = new Promise((done) => (ready = done));
    // Held for as long as we record: another tab, or a reload, must not take it for one that was cut off.
    const held = navigator.locks.request(lockOf(recording), () => this.#ended);
    const sound: Blob[] = [];
    let size = 0;
    let writing = Promise.resolve(stored);
    // Full: what is there already is kept. Anything else: the phone keeps nothing.
    const fail = (error: unknown): boolean => {
      this.#recorder.stop();
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      if (full) this.place.problem("voice_full");
      return full;
    };
    try {
      await this.#recorder.start({
        tick: (seconds) => this.#tell(seconds),
        slice: (data) => {
          const part = sound.push(data) - 1;
          size += data.size;
          writing = writing.then((whole) => whole && keepNext(host, recording, part, data)).catch(fail);
          if (size > MOST_BYTES * 0.9) this.#stopFull();
        },
        ended: (type) => {
          this.#running(false);
          void writing
            .then((whole) => this.#keep(host, whole ? recording : null, new Blob(sound, { type })))
            .finally(ready);
        },
      });
      this.#tell(0);
      this.place.problem(null);
      this.#running(true);
    } catch {
      ready();
      this.place.setAttribute("recorder", "no");
      this.place.problem("no_mic");
    }
    await held;
  }

  async #keep(host: MediaHost, recording: string | null, sound: Blob): Promise<void> {
    if (!sound.size) return;
    try {
      const found = recording ? joined(await slicesOf(host.draft.id, host.draft.user_id)) : [];
      const whole = found.find(({ id }) => id === recording);
      if (!whole || !(await this.#settle(host, whole))) this.place.box(sound);
    } catch {
      // Its slices are still on the phone: whoever opens the draft again finds them.
      this.place.problem("voice_full");
    }
  }

  async #settle(host: MediaHost, { id, media_type, bytes }: Recording): Promise<boolean> {
    const { draft } = host;
    const kept = await keepBlob(draft.id, draft.user_id, bytes, "voice", media_type);
    await this.place.add(kept);
    return dropSlices(draft.id, id, kept);
  }

  /** What was recorded when the page, the browser or the phone stopped; says so when there is any. */
  async recover(): Promise<void> {
    const { host } = this.place;
    if (!host) return;
    const { id, user_id } = host.draft;
    for (const recording of new Set((await slicesOf(id, user_id)).map((slice) => slice.recording))) {
      const signal = AbortSignal.timeout(PATIENCE);
      await navigator.locks
        .request(lockOf(recording), { signal }, async () => {
          const whole = joined(await slicesOf(id, user_id)).find((found) => found.id === recording);
          if (whole) await this.#found(host, whole);
        })
        .catch(() => undefined);
    }
  }

  async #found(host: MediaHost, recording: Recording): Promise<void> {
    try {
      if (!(await this.#settle(host, recording))) return;
    } catch {
      return this.place.problem("voice_full");
    }
    const line = must<HTMLElement>(this.place, "[data-found]");
    line.hidden = false;
    line.textContent = word("voice_found");
  }

  #stopFull(): void {
    this.#recorder.stop();
    this.place.problem("voice_long");
  }

  #tell(seconds: number): void {
    must(this.place, "[data-timer]").textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
  }

  #running(on: boolean): void {
    const [start, stop] = [must<HTMLElement>(this.place, "[data-record]"), must<HTMLElement>(this.place, "[data-stop]")];
    start.hidden = on;
    stop.hidden = !on;
    (on ? stop : start).focus();
  }
}

function lockOf(recording: string): string {
  return `klantsafari-recording-${recording}`;
}

async function keepNext(host: MediaHost, recording: string, part: number, sound: Blob): Promise<true> {
  const { id, user_id } = host.draft;
  const media_type = sound.type.split(";")[0] || "audio/webm";
  await keepSlice({ recording, part, note_id: id, user_id, media_type, bytes: await sound.arrayBuffer() });
  return true;
}
