const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const SLICE = 2_000;

/** Records until stopped, or until the page goes out of sight: what was said so far is kept. */
export class Recorder {
  #recorder: MediaRecorder | null = null;
  #clock = 0;

  static get supported(): boolean {
    return typeof MediaRecorder === "function" && Boolean(navigator.mediaDevices?.getUserMedia);
  }

  /** Resolves when the microphone is on; throws when it is not to be had. */
  async start(tick: (seconds: number) => void, finished: (sound: Blob) => void): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const slices: Blob[] = [];
    const began = Date.now();
    recorder.addEventListener("dataavailable", ({ data }) => data.size && slices.push(data));
    recorder.addEventListener("stop", () => {
      clearInterval(this.#clock);
      document.removeEventListener("visibilitychange", this.#hidden);
      for (const track of stream.getTracks()) track.stop();
      finished(new Blob(slices, { type: recorder.mimeType.split(";")[0] || "audio/webm" }));
    });
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.stop());
    document.addEventListener("visibilitychange", this.#hidden);
    recorder.start(SLICE);
    this.#recorder = recorder;
    this.#clock = window.setInterval(() => tick(Math.floor((Date.now() - began) / 1000)), 250);
  }

  stop(): void {
    if (this.#recorder?.state === "recording") this.#recorder.stop();
  }

  #hidden = (): void => {
    if (document.visibilityState === "hidden") this.stop();
  };
}
