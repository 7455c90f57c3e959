const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const SLICE = 2_000;
/** Speech: an hour is under 15 MB. */
const BITS_A_SECOND = 32_000;

export interface Listener {
  tick(seconds: number): void;
  slice(sound: Blob): void;
  /** `mediaType` without its codecs. */
  ended(mediaType: string): void;
}

/** Records until stopped, until the microphone is taken away, or until the page goes out of sight. */
export class Recorder {
  #recorder: MediaRecorder | null = null;
  #clock = 0;
  #awake: WakeLockSentinel | null = null;

  static get supported(): boolean {
    return typeof MediaRecorder === "function" && Boolean(navigator.mediaDevices?.getUserMedia);
  }

  get running(): boolean {
    return this.#recorder?.state === "recording";
  }

  /** Resolves when the microphone is on; throws when it is not to be had. */
  async start(listener: Listener): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND, ...(mimeType && { mimeType }) });
    const began = Date.now();
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size) listener.slice(data);
    });
    recorder.addEventListener("stop", () => {
      clearInterval(this.#clock);
      document.removeEventListener("visibilitychange", this.#seen);
      for (const track of stream.getTracks()) track.stop();
      void this.#awake?.release().catch(() => undefined);
      listener.ended(recorder.mimeType.split(";")[0] || "audio/webm");
    });
    for (const track of stream.getTracks()) {
      for (const event of ["ended", "mute"]) track.addEventListener(event, () => this.stop());
    }
    document.addEventListener("visibilitychange", this.#seen);
    recorder.start(SLICE);
    this.#recorder = recorder;
    this.#clock = window.setInterval(() => listener.tick(Math.floor((Date.now() - began) / 1000)), 250);
    void this.#stayAwake();
  }

  stop(): void {
    if (this.running) this.#recorder?.stop();
  }

  #seen = (): void => {
    if (document.visibilityState === "hidden") this.stop();
    else void this.#stayAwake();
  };

  // The system may take the lock back while we are still in sight.
  async #stayAwake(): Promise<void> {
    if (!this.running || document.visibilityState !== "visible") return;
    try {
      this.#awake = await navigator.wakeLock.request("screen");
      this.#awake.addEventListener("release", () => void this.#stayAwake());
      if (!this.running) await this.#awake.release();
    } catch {
      this.#awake = null;
    }
  }
}
